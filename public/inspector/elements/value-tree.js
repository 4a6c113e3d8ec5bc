// @ts-check
import { make, reconcile } from '../../dom.js';
import { branchesOf, SHOWN_AT_ONCE } from '../record/tree.js';

/** @import { Branch } from '../record/tree.js' */

/**
 * A value as a tree that opens and closes; the keys are those of any tree. What the reader has opened or closed stays so
 * when another value is shown, as far as it has the same keys.
 */
export class ValueTree {
  element;
  /** @type {Map<string, boolean>} what the user has opened or closed, by key */
  #chosen = new Map();
  /** @type {Map<string, number>} of which values more than usual is shown */
  #shown = new Map();
  /** @type {Map<string, BranchRow>} */
  #rows = new Map();
  /** @type {Branch[]} */
  #branches = [];
  /** @type {unknown} */
  #value;
  /** @type {ReadonlySet<string>} keys of what has changed */
  #changed = new Set();
  #active = '';
  #isOpenAtFirst;

  /** @param {string} label @param {(depth: number, size: number) => boolean} isOpenAtFirst depth from 1; size in entries */
  constructor(label, isOpenAtFirst) {
    this.#isOpenAtFirst = isOpenAtFirst;
    this.element = make('div', { class: 'tree', 'aria-label': label });
    this.element.role = 'tree';
    this.element.addEventListener('keydown', (event) => this.#takeKey(event));
    this.element.addEventListener('focusin', ({ target }) => {
      this.#active =
        this.#branches.find(({ key }) => this.#rows.get(key)?.element === target)?.key ?? this.#active;
    });
    this.element.addEventListener('click', ({ target }) => {
      const element = target instanceof Element ? target.closest('[role="treeitem"]') : null;
      const branch = this.#branches.find(({ key }) => this.#rows.get(key)?.element === element);
      if (branch) this.#enter(branch, true);
    });
  }

  /** @param {unknown} value @param {ReadonlySet<string>} [changed] keys of what has changed */
  show(value, changed = new Set()) {
    this.#value = value;
    this.#changed = changed;
    this.#draw();
  }

  #draw() {
    this.#branches = branchesOf(this.#value, {
      isExpanded: (key, depth, size) => this.#chosen.get(key) ?? this.#isOpenAtFirst(depth, size),
      shownOf: (key) => this.#shown.get(key) ?? SHOWN_AT_ONCE,
    });
    if (!this.#branches.some(({ key }) => key === this.#active)) this.#active = this.#branches[0]?.key ?? '';
    /** @type {Map<string, BranchRow>} */
    const rows = new Map();
    const elements = this.#branches.map((branch) => {
      const row = this.#rows.get(branch.key) ?? new BranchRow();
      rows.set(branch.key, row);
      return row.show(branch, this.#changed.has(branch.key), branch.key === this.#active);
    });
    this.#rows = rows;
    reconcile(this.element, elements);
  }

  /** @param {Branch} branch @param {boolean} isPress */
  #enter(branch, isPress) {
    this.#active = branch.key;
    if (branch.kind === 'more') {
      const key = JSON.stringify(branch.path);
      this.#shown.set(key, (this.#shown.get(key) ?? SHOWN_AT_ONCE) + SHOWN_AT_ONCE);
    } else if (isPress && branch.isExpanded !== undefined) {
      this.#chosen.set(branch.key, !branch.isExpanded);
    }
    this.#draw();
    this.#rows.get(this.#active)?.element.focus();
  }

  /** @param {KeyboardEvent} event */
  #takeKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#branches.findIndex(({ key }) => key === this.#active);
    const branch = this.#branches[at];
    if (!branch) return;
    switch (event.key) {
      case 'ArrowDown':
        this.#focus(at + 1);
        break;
      case 'ArrowUp':
        this.#focus(at - 1);
        break;
      case 'Home':
        this.#focus(0);
        break;
      case 'End':
        this.#focus(this.#branches.length - 1);
        break;
      case 'ArrowRight':
        if (branch.isExpanded === false) this.#enter(branch, true);
        else if (branch.isExpanded) this.#focus(at + 1);
        break;
      case 'ArrowLeft':
        if (branch.isExpanded) this.#enter(branch, true);
        else
          this.#focus(this.#branches.findLastIndex(({ depth }, index) => index < at && depth < branch.depth));
        break;
      case 'Enter':
      case ' ':
        this.#enter(branch, true);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** @param {number} index */
  #focus(index) {
    const branch = this.#branches[index];
    if (!branch) return;
    this.#active = branch.key;
    this.#draw();
    this.#rows.get(branch.key)?.element.focus();
  }
}

class BranchRow {
  #name = make('bdi', { class: 'key' });
  #value = make('bdi', { class: 'value' });
  #mark = make('span', { class: 'visually-hidden' });
  element = make('div', { class: 'branch' }, this.#name, ' ', this.#value, this.#mark);
  #shown = '';

  /** @param {Branch} branch @param {boolean} hasChanged @param {boolean} isActive */
  show(branch, hasChanged, isActive) {
    const { element } = this;
    const key = JSON.stringify([branch, hasChanged, isActive]);
    if (key === this.#shown) return element;
    this.#shown = key;
    element.role = 'treeitem';
    element.ariaLevel = String(branch.depth);
    element.ariaPosInSet = String(branch.position);
    element.ariaSetSize = String(branch.size);
    element.ariaExpanded = branch.isExpanded === undefined ? null : String(branch.isExpanded);
    element.tabIndex = isActive ? 0 : -1;
    element.dataset.kind = branch.kind;
    element.classList.toggle('changed', hasChanged);
    element.style.setProperty('--depth', String(branch.depth - 1));
    this.#name.textContent = branch.name;
    this.#value.textContent = branch.words;
    this.#mark.textContent = `${branch.kind === 'cut' ? ' cut by the server' : ''}${hasChanged ? ' changed' : ''}`;
    return element;
  }
}
