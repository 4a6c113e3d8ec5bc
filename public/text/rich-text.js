// @ts-check
import { sameName } from '../conversations/mentions.js';
import { make } from '../dom.js';
import { tokensOf } from './tokens.js';

/** @import { Token } from './tokens.js' */

/**
 * What someone wrote, as nodes. Every character of theirs ends in a text node; an address also in an `href`, when it
 * is one of the web.
 * @param {string} text
 * @param {string} myName whose mentions stand out more
 * @returns {(Node | string)[]}
 */
export function richText(text, myName) {
  return tokensOf(text).map((token) => nodeOf(token, myName));
}

/** @param {Token} token @param {string} myName */
function nodeOf(token, myName) {
  switch (token.kind) {
    case 'code':
      return make('code', { dir: 'ltr' }, token.text);
    case 'block':
      return make('code', { class: 'block', dir: 'ltr' }, token.text);
    case 'mention':
      return make('span', { class: sameName(token.name, myName) ? 'at me' : 'at', dir: 'auto' }, token.text);
    case 'link': {
      const link = make('a', { dir: 'ltr' }, token.text);
      link.href = token.href;
      link.target = '_blank';
      link.rel = 'noopener noreferrer nofollow ugc';
      return link;
    }
    default:
      return token.text;
  }
}
