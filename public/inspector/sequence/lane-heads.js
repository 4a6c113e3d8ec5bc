// @ts-check
import { announce, make, reconcile } from '../../dom.js';
import { bareName, laneWords } from './lane.js';

/** @import { LanePlan } from './geometry.js' */
/** @import { Lane } from './lane.js' */

/** @typedef {Map<string, { head: HTMLButtonElement, line: HTMLElement }>} DrawnLanes */

/**
 * Who the lanes belong to, at the top, and a line down from each. Only those in sight are drawn, and the one that has the
 * focus. One of the heads is in the order of tabs; arrows go from one to the next. Announces `actor-chosen` with the id of a lane.
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
    const isFocused = this.heads.matches(':focus-within');
    const places = placesIn(from, to);
    const current = plan.lanes.findIndex(({ id }) => id === this.#current);
    if (isFocused && current >= 0 && current < from) places.unshift(current);
    if (isFocused && current >= to) places.push(current);
    const first = places.includes(current) ? current : from;
    /** @type {DrawnLanes} */
    const drawn = new Map();
    for (const place of places) {
      const lane = plan.lanes[place];
      if (!lane) continue;
      const parts = this.#drawn.get(lane.id) ?? partsOf(lane);
      drawn.set(lane.id, parts);
      name(parts.head, lane);
      parts.head.tabIndex = place === first ? 0 : -1;
      const middle = plan.middleOf(place);
      parts.head.style.left = `${middle - plan.laneWidth / 2}rem`;
      parts.head.style.width = `${plan.laneWidth}rem`;
      parts.line.style.left = `${middle}rem`;
    }
    this.#drawn = drawn;
    const all = [...drawn.values()];
    reconcile(this.heads, [this.#corner, ...all.map(({ head }) => head)]);
    reconcile(
      this.lines,
      all.map(({ line }) => line),
    );
    // The lane of the one that had it is gone.
    if (isFocused && !this.heads.matches(':focus-within')) {
      all.find(({ head }) => head.tabIndex === 0)?.head.focus({ preventScroll: true });
    }
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

/** @param {number} from @param {number} to the one behind the last */
function placesIn(from, to) {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
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
