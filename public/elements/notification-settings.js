// @ts-check
import { make } from '../dom.js';
import { askLeave, playSound, wishes } from '../notifier.js';

/** A button that opens two switches: of browser notifications and of the sound. */
export class NotificationSettings extends HTMLElement {
  #error = make('p', { class: 'error', 'aria-live': 'polite' });

  connectedCallback() {
    if (this.firstChild) return;
    const panel = make('div', { class: 'settings', 'aria-label': 'Notifications' });
    panel.id = 'notification-settings';
    panel.role = 'dialog';
    panel.popover = 'auto';
    const button = make('button', { class: 'icon', title: 'Notifications', 'aria-label': 'Notifications' });
    button.type = 'button';
    button.popoverTargetElement = panel;
    button.append(bell());
    panel.append(
      make('p', { class: 'hint' }, 'For mentions and private messages while you look elsewhere:'),
      this.#toggle('Browser notifications', wishes.notify, () => askLeave()),
      this.#toggle('Soft sound', wishes.sound, async () => {
        playSound();
        return '';
      }),
      this.#error,
    );
    this.append(button, panel);
  }

  /**
   * @param {string} label
   * @param {{ get(): string, set(value: string): void }} wish
   * @param {() => Promise<string>} turnOn resolves to what stands against it, in words
   */
  #toggle(label, wish, turnOn) {
    const box = make('input', {});
    box.type = 'checkbox';
    box.role = 'switch';
    box.checked = wish.get() === 'on';
    box.addEventListener('change', async () => {
      this.#error.textContent = '';
      if (box.checked) {
        this.#error.textContent = await turnOn();
        box.checked = this.#error.textContent === '';
      }
      wish.set(box.checked ? 'on' : '');
    });
    return make('label', {}, label, box);
  }
}

function bell() {
  const space = 'http://www.w3.org/2000/svg';
  const icon = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  const attributes = { viewBox: '0 0 24 24', width: '20', height: '20', 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(attributes)) icon.setAttribute(name, value);
  path.setAttribute('d', 'M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21.5h4');
  path.setAttribute('fill', 'none');
  path.setAttribute('stroke', 'currentColor');
  path.setAttribute('stroke-width', '2');
  path.setAttribute('stroke-linejoin', 'round');
  icon.append(path);
  return icon;
}

customElements.define('notification-settings', NotificationSettings);
