// @ts-check
import { mentionsIn, sameName } from '../conversations/mentions.js';

/**
 * A stretch of what someone wrote. `text` is what is shown of it; only a link has an `href`, only a mention a `name`.
 * @typedef {{ kind: 'plain' | 'code' | 'block', text: string }
 *   | { kind: 'link', text: string, href: string }
 *   | { kind: 'mention', text: string, name: string }} Token
 */

/** A fenced block, whose first line may name a language; or a word or more between backticks, on one line. */
const CODE = /```(?:[\w+#.-]*\n)?([\s\S]+?)\n?```\n?|`([^`\n]+)`/g;
/** No blanks or quotes, and no characters that turn the writing direction: an address must read as it leads. */
const ADDRESS = /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"\u202a-\u202e\u2066-\u2069]+/giu;
/** What ends a sentence belongs to the sentence. */
const SENTENCE_END = ".,:;!?'*_~";

/**
 * @param {string} text
 * @returns {Token[]}
 */
export function tokensOf(text) {
  return split(text, CODE, wordsOf, ({ 1: block, 2: code = '' }) =>
    block === undefined ? [{ kind: 'code', text: code }] : [{ kind: 'block', text: block }],
  );
}

/** Whether a text speaks to somebody; what is in code speaks to nobody. @param {string} text @param {string} name */
export function mentions(text, name) {
  if (!text.includes('@')) return false;
  return tokensOf(text).some((token) => token.kind === 'mention' && sameName(token.name, name));
}

/** @param {string} text @returns {Token[]} */
function wordsOf(text) {
  return split(text, ADDRESS, peopleOf, ([whole]) => {
    const address = withoutTail(whole);
    const href = safeAddress(address);
    if (href === undefined) return peopleOf(whole);
    return [{ kind: 'link', text: address, href }, ...peopleOf(whole.slice(address.length))];
  });
}

/** @param {string} text @returns {Token[]} */
function peopleOf(text) {
  /** @type {Token[]} */
  const tokens = [];
  let from = 0;
  for (const { start, end, name } of mentionsIn(text)) {
    tokens.push(...plain(text.slice(from, start)), { kind: 'mention', text: text.slice(start, end), name });
    from = end;
  }
  return [...tokens, ...plain(text.slice(from))];
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @param {(between: string) => Token[]} ofRest
 * @param {(match: RegExpMatchArray) => Token[]} ofMatch
 */
function split(text, pattern, ofRest, ofMatch) {
  /** @type {Token[]} */
  const tokens = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    tokens.push(...ofRest(text.slice(from, match.index)), ...ofMatch(match));
    from = match.index + match[0].length;
  }
  return [...tokens, ...ofRest(text.slice(from))];
}

/** @param {string} text @returns {Token[]} */
function plain(text) {
  return text === '' ? [] : [{ kind: 'plain', text }];
}

/** An address without what follows it in a sentence: a full stop, a bracket that was opened before it. @param {string} address */
function withoutTail(address) {
  // Counted once: an address may have very many.
  const unopened = {
    ')': count(address, ')') - count(address, '('),
    ']': count(address, ']') - count(address, '['),
  };
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? '';
    if (SENTENCE_END.includes(last)) continue;
    if ((last === ')' || last === ']') && unopened[last] > 0) unopened[last] -= 1;
    else break;
  }
  return address.slice(0, end);
}

/** @param {string} text @param {string} char */
function count(text, char) {
  return text.split(char).length - 1;
}

/** @param {string} address @returns {string | undefined} undefined when it leads nowhere, or to where no link may */
function safeAddress(address) {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}
