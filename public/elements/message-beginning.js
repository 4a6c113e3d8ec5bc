// @ts-check
import { make } from '../dom.js';
import { avatar } from './avatar.js';

/** @import { Conversation } from '../conversations/conversation.js' */

/**
 * What stands above the first line: where one is, or that there is more to come.
 * @param {Conversation} conversation
 * @returns {{ name: string, nodes: Node[] }} by name, so that it is only drawn when it is another
 */
export function beginningOf({ address, name, isPrivate, hasEarlier, oldestId }) {
  const isEmpty = oldestId === undefined;
  if (hasEarlier) return isEmpty ? { name: 'loading', nodes: skeleton() } : { name: 'none', nodes: [] };
  const [title, words] = isPrivate
    ? [`You and ${name}`, 'Only the two of you can read what is written here.']
    : [
        `Welcome to #${address}`,
        isEmpty
          ? 'Nothing has been said here yet. Yours can be the first word.'
          : 'The conversation begins here.',
      ];
  const sign = isPrivate ? avatar(name) : make('span', { class: 'sign', 'aria-hidden': 'true' }, '#');
  return {
    name: `${title} ${isEmpty}`,
    nodes: [sign, make('p', { class: 'title', dir: 'auto' }, title), make('p', {}, words)],
  };
}

function skeleton() {
  const bars = Array.from({ length: 4 }, () => make('span', { class: 'bar', 'aria-hidden': 'true' }));
  return [...bars, make('p', { class: 'visually-hidden' }, 'Loading messages…')];
}
