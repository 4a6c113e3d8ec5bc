// @ts-check
import { announce, make, reconcile } from '../../dom.js';
import { bareName, laneWords } from './lane.js';

/** @import { LanePlan } from './geometry.js' */
/** @import { Lane } from './lane.js' */

/** @typedef {Map<string, { head: HTMLButtonElement, line: HTMLElement }>} DrawnLanes */

/**
 * Who the lanes belong to, at the top, and a line down from each. Only those in sight are drawn. One of the heads is in
 * the order of tabs; arrows go from one to the next. Announces `actor-chosen` with the id of a lane.
 */
export class LaneHeads {
  heads = make('div', { class: 'heads', 'aria-label': 'Lanes' });
  lines = make('div', { class: 'lifelines', 'aria-hidden': 'true' });
  #corner = make('span', { class: 'corner' }, 'Time');
  /** @type {DrawnLanes} */
  #drawn = new Map();
  /** @type {LanePlan | undefined} */
  #plan;
  /** Of the lane that Tab leads to. */
  #current = '';
  #reveal;

  /** @param {(place: number) => void} reveal brings the lane at a place into sight, and has it drawn */
  constructor(reveal) {
    this.#reveal = reveal;
    this.heads.role = 'group';
    this.heads.append(this.#corner);
    this.heads.addEventListener('keydown', (event) => this.#takeKey(event));
    this.heads.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLButtonElement) this.#current = target.dataset.lane ?? '';
    });
  }

  /** @param {LanePlan} plan @param {{ from: number, to: number }} window */
  draw(plan, { from, to }) {
    this.#plan = plan;
    const lanes = plan.lanes.slice(from, to);
    const hasCurrent = lanes.some(({ id }) => id === this.#current);
    /** @type {DrawnLanes} */
    const drawn = new Map();
    lanes.forEach((lane, i) => {
      const parts = this.#drawn.get(lane.id) ?? partsOf(lane);
      drawn.set(lane.id, parts);
      name(parts.head, lane);
      parts.head.tabIndex = (hasCurrent ? lane.id === this.#current : i === 0) ? 0 : -1;
      const middle = plan.middleOf(from + i);
      parts.head.style.left = `${middle - plan.laneWidth / 2}rem`;
      parts.head.style.width = `${plan.laneWidth}rem`;
      parts.line.style.left = `${middle}rem`;
    });
    this.#drawn = drawn;
    reconcile(this.heads, [this.#corner, ...[...drawn.values()].map(({ head }) => head)]);
    reconcile(
      this.lines,
      [...drawn.values()].map(({ line }) => line),
    );
  }

  /** @param {KeyboardEvent} event */
  #takeKey(event) {
    const lanes = this.#plan?.lanes ?? [];
    const place = lanes.findIndex(({ id }) => id === this.#current);
    const wanted = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: lanes.length - 1 }[event.key];
    if (wanted === undefined || place < 0) return;
    event.preventDefault();
    const lane = lanes[wanted];
    if (!lane) return;
    this.#current = lane.id;
    this.#reveal(wanted);
    this.#drawn.get(lane.id)?.head.focus({ preventScroll: true });
  }
}

/** @param {Lane} lane */
function partsOf(lane) {
  const head = make('button', { class: 'head' });
  head.type = 'button';
  head.dataset.lane = lane.id;
  head.dataset.kind = lane.kind;
  head.addEventListener('click', () => announce(head, 'actor-chosen', { id: lane.id }));
  const line = make('i', { class: 'lifeline' });
  line.dataset.kind = lane.kind;
  return { head, line };
}

/** @param {HTMLButtonElement} head @param {Lane} lane */
function name(head, lane) {
  const words = laneWords(lane);
  if (head.title === words) return;
  head.title = words;
  const bare = bareName(lane);
  const kind = bare === lane.kind ? [] : [make('span', { class: 'lane-kind' }, lane.kind), ' '];
  head.replaceChildren(...kind, make('bdi', { class: 'lane-name' }, bare));
}
