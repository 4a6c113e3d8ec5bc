// @ts-check
import { make } from '../../dom.js';
import { Countdowns } from './countdowns.js';
import { draw } from './drawing/drawing.js';
import { light, mark } from './drawing/marks.js';
import { measuring } from './drawing/metrics.js';
import { shape } from './drawing/svg.js';
import { knownPlan, makePlan, planFor } from './layout/plans.js';
import { readMachine } from './model/machine.js';
import { presentStates, stateWords } from './model/present.js';
import { keyOf } from './model/transitions.js';
import { Outline } from './outline.js';
import { listenForGestures } from './view/gestures.js';
import { Notice } from './view/notice.js';
import { makeTools } from './view/tools.js';
import { Viewport } from './view/viewport.js';

/** @import { SnapshotView, StateValue, TimerView, TransitionView } from '../../../src/inspect/wire.ts' */
/** @import { Drawing } from './drawing/drawing.js' */
/** @import { Plan } from './layout/plan.js' */
/** @import { Planned } from './layout/plans.js' */
/** @import { Machine } from './model/machine.js' */

const CHOOSE = 'Choose an actor to see its statechart.';
const NO_LAYOUT = 'The chart cannot be drawn at present. These are its states:';

/**
 * The statechart of an actor: where it is, which way it came, and what will happen by itself. Begin with
 * `showMachine`, then say the rest; what is said before the chart is drawn shows when it is.
 */
export class StateChart extends HTMLElement {
  #notice = new Notice();
  #picture = shape('svg', { role: 'img' });
  #canvas = make('div', {
    class: 'canvas',
    'aria-label': 'Statechart. Arrow keys move it, plus and minus zoom.',
  });
  #status = make('p', { class: 'status' });
  #viewport = new Viewport(this.#canvas, this.#picture);
  #tools = makeTools(this.#viewport);
  #outline = new Outline();
  #countdowns = new Countdowns();

  /** @type {string | undefined} */
  #definition;
  /** @type {Machine | undefined} */
  #machine;
  /** @type {{ drawing: Drawing, plan: Plan } | undefined} */
  #drawn;
  /** @type {{ value?: StateValue, status: SnapshotView['status'] }} */
  #state = { status: 'active' };
  /** @type {TransitionView[]} */
  #step = [];
  /** @type {{ timers: TimerView[], isLive: boolean }} */
  #timers = { timers: [], isLive: false };

  connectedCallback() {
    if (this.#canvas.isConnected) return;
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute('role', 'group');
    this.#canvas.append(this.#picture);
    this.append(
      this.#notice.element,
      this.#canvas,
      this.#status,
      this.#tools,
      this.#countdowns.list,
      this.#outline.list,
    );
    listenForGestures(this.#canvas, this.#viewport);
    new IntersectionObserver(([entry]) =>
      this.#countdowns.setVisible(entry?.isIntersecting ?? false),
    ).observe(this);
    this.#begin();
  }

  /** Begins anew with another actor. @param {string | undefined} definition JSON of its machine's config */
  showMachine(definition) {
    const isSame = definition !== undefined && definition === this.#definition && this.#machine !== undefined;
    this.#definition = definition;
    this.#state = { status: 'active' };
    this.#step = [];
    this.#timers = { timers: [], isLive: false };
    if (isSame) this.#refresh();
    // Outside of the page there are no styles to measure text with.
    else if (this.#canvas.isConnected) this.#begin();
  }

  /** @param {StateValue | undefined} value @param {SnapshotView['status']} status */
  showState(value, status) {
    this.#state = { value, status };
    this.#refreshState();
  }

  /** @param {TransitionView[]} transitions those taken last, in their order */
  showStep(transitions) {
    this.#step = transitions;
    if (this.#drawn) mark(this.#drawn.drawing, transitions.map(keyOf));
  }

  /** @param {TimerView[]} timers @param {boolean} isLive whether they count down, or stand */
  showTimers(timers, isLive) {
    this.#timers = { timers, isLive };
    this.#countdowns.show(this.#drawn?.drawing, timers, isLive);
  }

  #begin() {
    const definition = this.#definition;
    const known = definition === undefined ? undefined : knownPlan(definition);
    const machine = known?.machine ?? (definition === undefined ? CHOOSE : readMachine(definition));
    this.#drawn = undefined;
    this.#machine = typeof machine === 'string' ? undefined : machine;
    this.#outline.show(this.#machine);
    if (typeof machine === 'string') this.#showNotice(machine);
    else if (known) this.#draw(known);
    else if (definition !== undefined) this.#layOut(definition, machine);
  }

  /** @param {string} definition @param {Machine} machine */
  async #layOut(definition, machine) {
    this.dataset.view = 'waiting';
    this.#picture.replaceChildren();
    this.#refresh();
    try {
      const planned = await makePlan(definition, machine, measuring(this.#picture));
      if (this.#machine === machine) this.#draw(planned);
    } catch {
      if (this.#machine === machine) this.#showNotice(NO_LAYOUT);
    }
  }

  /** @param {Planned} planned */
  #draw(planned) {
    const plan = planFor(planned, { width: this.clientWidth, height: this.clientHeight });
    const drawing = draw(plan);
    this.#machine = planned.machine;
    this.#drawn = { drawing, plan };
    this.dataset.view = 'chart';
    this.#picture.replaceChildren(drawing.root);
    this.#viewport.frame(plan);
    this.#refresh();
  }

  /** Instead of a chart; with the states as a list if they are known. @param {string} text */
  #showNotice(text) {
    this.dataset.view = this.#machine ? 'outline' : 'nothing';
    this.#notice.say(text);
    this.#picture.replaceChildren();
    this.#refresh();
  }

  #refresh() {
    this.#refreshState();
    this.showStep(this.#step);
    this.showTimers(this.#timers.timers, this.#timers.isLive);
  }

  #refreshState() {
    const { value, status } = this.#state;
    this.dataset.status = status;
    this.#status.textContent = status === 'active' ? '' : status;
    if (!this.#machine) return;
    const present = presentStates(this.#machine, value);
    const ids = new Set([...present].map(({ id }) => id));
    const words = [stateWords(value) || 'state unknown', ...(status === 'active' ? [] : [status])].join(', ');
    this.#picture.setAttribute('aria-label', `Statechart of ${this.#machine.id}: ${words}`);
    this.#outline.light(ids);
    if (!this.#drawn) return;
    const { drawing, plan } = this.#drawn;
    light(drawing, ids);
    const innermost = [...present].at(-1);
    this.#viewport.follow(plan.states.find(({ state }) => state === innermost)?.area);
  }
}

customElements.define('state-chart', StateChart);
