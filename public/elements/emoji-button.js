// @ts-check
import { make } from '../dom.js';
import { EmojiPicker } from './emoji-picker.js';

/**
 * Puts a button behind a text field that opens a picker, and has what is picked written at the caret.
 * @param {HTMLTextAreaElement} text
 * @param {HTMLElement} host where the picker is put
 */
export function addEmojiButton(text, host) {
  const picker = new EmojiPicker();
  const button = make('button', {
    class: 'icon emoji-button',
    title: 'Emoji',
    'aria-label': 'Emoji',
    'aria-haspopup': 'dialog',
    'aria-expanded': 'false',
  });
  button.type = 'button';
  button.append(make('span', { 'aria-hidden': 'true' }, '☺'));
  picker.hidden = true;
  text.after(button);
  host.append(picker);

  button.addEventListener('click', () => setOpen(picker.hidden !== false));
  picker.addEventListener('emoji-choose', (event) => {
    setOpen(false);
    const { detail } = /** @type {CustomEvent<string>} */ (event);
    text.setRangeText(detail, text.selectionStart, text.selectionEnd, 'end');
    text.dispatchEvent(new Event('input', { bubbles: true }));
    text.focus();
  });
  picker.addEventListener('emoji-close', () => {
    setOpen(false);
    button.focus();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (!(target instanceof Node && (picker.contains(target) || button.contains(target)))) setOpen(false);
  });
  // The focus has gone on to somewhere else.
  picker.addEventListener('focusout', ({ relatedTarget }) => {
    const isElsewhere = relatedTarget instanceof Node && !picker.contains(relatedTarget);
    if (isElsewhere && relatedTarget !== button) setOpen(false);
  });

  /** @param {boolean} isOpen */
  function setOpen(isOpen) {
    button.ariaExpanded = String(isOpen);
    if (isOpen) picker.open();
    else picker.hidden = true;
  }
}
