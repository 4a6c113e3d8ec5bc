// @ts-check

/**
 * Makes an element. Text is only ever set as text: markup that someone typed stays what it is, characters.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {{ class?: string, title?: string, dir?: string, [attribute: `aria-${string}`]: string }} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * The element in `root` for a selector.
 * @template {Element} E
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => E} kind
 * @returns {E}
 * @throws TypeError when the page has none of that kind
 */
export function find(root, selector, kind) {
  const element = root.querySelector(selector);
  if (!(element instanceof kind)) throw new TypeError(`The page has no ${kind.name} at ${selector}`);
  return element;
}

/**
 * Makes the children of `parent` be `wanted`, touching only what differs: focus, selection and scroll
 * position outlive it, and a screen reader hears only what is new.
 * @param {Element} parent
 * @param {Element[]} wanted
 */
export function reconcile(parent, wanted) {
  const kept = new Set(wanted);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const element of wanted) {
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
}

/**
 * Says to whoever listens further up what the user wants.
 * @param {Element} element
 * @param {string} type
 * @param {unknown} [detail]
 */
export function announce(element, type, detail) {
  element.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
}

/**
 * Does what a view announces.
 * @param {string} type
 * @param {(detail: any) => void} act
 */
export function listen(type, act) {
  document.addEventListener(type, (event) => act(/** @type {CustomEvent} */ (event).detail));
}

/** @param {number} count @param {string} one @param {string} many */
export function counted(count, one, many) {
  return `${count} ${count === 1 ? one : many}`;
}
