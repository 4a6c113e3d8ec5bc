// @ts-check
import { slot } from './memory.js';

/** @typedef {{ title: string, text: string, tag: string }} Notice */

/** Which of the two the user has turned on. */
export const wishes = {
  notify: slot(() => localStorage, 'troupe.notify', ''),
  sound: slot(() => localStorage, 'troupe.sound', ''),
};

/** Of a browser notification. */
const TEXT_MAX = 200;

/** Milliseconds within which all tabs have heard of a message. */
const TOLD_FOR = 10_000;

/** @type {AudioContext | undefined} */
let audio;

/**
 * Asks the browser for leave to notify, if it has not said yet. Only to be called when the user turns it on.
 * @returns {Promise<string>} why it cannot be, in words; empty when it can
 */
export async function askLeave() {
  if (!('Notification' in window)) return 'This browser has no notifications.';
  const answer =
    Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission;
  return answer === 'granted' ? '' : 'The browser does not allow it: see its settings for this page.';
}

/**
 * Tells someone who is looking elsewhere, in the ways they want.
 * @param {Notice} notice tabs that tell of the same have the same `tag`: one of them does
 * @param {() => void} open
 */
export async function notify({ title, text, tag }, open) {
  if (!(await isFirst(tag))) return;
  if (wishes.sound.get() === 'on') playSound();
  if (wishes.notify.get() !== 'on' || !('Notification' in window) || Notification.permission !== 'granted')
    return;
  try {
    const shown = new Notification(title, {
      body: text.slice(0, TEXT_MAX),
      tag,
      icon: 'icon.svg',
      silent: true,
    });
    shown.addEventListener('click', () => {
      window.focus();
      shown.close();
      open();
    });
  } catch {
    // Android has them for service workers only.
  }
}

/**
 * @param {string} tag
 * @returns {Promise<boolean>} whether no other tab tells of it; true where there are no locks to know that by
 */
function isFirst(tag) {
  const { locks } = navigator;
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    locks.request(tag, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise((letGo) => setTimeout(letGo, TOLD_FOR));
    });
  });
}

/** Two soft notes, a fourth apart. */
export function playSound() {
  audio ??= new AudioContext();
  audio.resume();
  const start = audio.currentTime;
  playNote(audio, 659.26, start);
  playNote(audio, 880, start + 0.11);
}

/** @param {AudioContext} context @param {number} frequency in hertz @param {number} start in seconds */
function playNote(context, frequency, start) {
  const tone = new OscillatorNode(context, { frequency });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.09, start + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.45);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + 0.5);
}
