import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { sessionMachine } from '../../src/actors/session/machine.ts';
import { statsMachine } from '../../src/actors/stats/machine.ts';
import { definitionOf } from '../inspector/chart/definition.ts';
import { orderMachine } from '../inspector/chart/machines.ts';
import { useBrowser } from '../support/browser.ts';
import { type Chart, openChart } from '../support/chart.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

const room = definitionOf(roomMachine);
const session = definitionOf(sessionMachine);
const stats = definitionOf(statsMachine);

const lastLeft = { source: 'room.occupied', target: ['room.empty'], event: 'leave.committed', index: 0 };
const deserted = { source: 'room.empty', target: ['room.closed'], event: '', index: 0 };
const grace = { event: 'xstate.after.presenceGrace.session.away', delay: 30_000, elapsed: 10_000 };
const typing = { event: 'typing.expired', delay: 30_000, elapsed: 5_000 };

describe('where an actor is', () => {
  test('is lit, with all states around it', async () => {
    const chart = await openChart(browser);
    await chart.show(room, { value: 'occupied' });
    expect(await chart.lit()).toEqual(['room', 'room.occupied']);
    await chart.say({ value: 'empty' });
    expect(await chart.lit()).toEqual(['room', 'room.empty']);
    await chart.show(stats, { value: { watched: { feed: 'calm', report: 'waiting' } } });
    expect(await chart.lit()).toEqual(
      [
        '',
        '.watched',
        '.watched.feed',
        '.watched.feed.calm',
        '.watched.report',
        '.watched.report.waiting',
      ].map((path) => `stats${path}`),
    );
  });

  test('is said to those who do not see it', async () => {
    const chart = await openChart(browser);
    await chart.show(stats, { value: { watched: { feed: 'calm', report: 'waiting' } } });
    await chart.page
      .getByRole('img', {
        name: 'Statechart of stats: watched.feed.calm, watched.report.waiting',
        exact: true,
      })
      .waitFor();
    const current = chart.page.getByRole('list', { name: 'States' }).locator('[aria-current=true] > b');
    expect(await current.allTextContents()).toEqual([
      'stats',
      'watched',
      'feed',
      'calm',
      'report',
      'waiting',
    ]);
    await chart.show(room, { value: 'closed', status: 'done' });
    await chart.page.getByRole('img', { name: 'Statechart of room: closed, done', exact: true }).waitFor();
    await chart.page.getByText('done', { exact: true }).waitFor();
  });

  test('is shown when it was said before the chart was laid out', async () => {
    const chart = await openChart(browser);
    await chart.tell(`chart.showMachine(${JSON.stringify(room)}); chart.showState('founding', 'active')`);
    await chart.page.locator('[data-state="room.founding"][data-lit]').waitFor();
  });
});

describe('the last step', () => {
  test('is marked, and a pulse runs along each arrow of it', async () => {
    const chart = await openChart(browser);
    await chart.show(room, { value: 'closed', step: [lastLeft, deserted] });
    expect(await chart.taken()).toEqual(['room.occupied leave.committed 0', 'room.empty  0']);
    expect(await pulses(chart)).toBe(2);
    await chart.tell(
      `Promise.all(chart.getAnimations({ subtree: true }).map((each) => each.finished)).then(() => {})`,
    );
    expect(await pulses(chart)).toBe(0);
    expect(await chart.taken()).toHaveLength(2);
    await chart.say({ step: [] });
    expect(await chart.taken()).toEqual([]);
  });

  test('is only marked for those who prefer that nothing moves', async () => {
    const chart = await openChart(browser, { reducedMotion: 'reduce' });
    await chart.show(room, { value: 'empty', step: [lastLeft] });
    expect(await chart.taken()).toEqual(['room.occupied leave.committed 0']);
    expect(await pulses(chart)).toBe(0);
  });

  test('is marked in the box of a state that takes an event and stays, by its guard', async () => {
    const chart = await openChart(browser);
    const repeated = { source: 'session.online', target: [], event: 'message.post', index: 2 };
    await chart.show(session, { value: 'online', step: [repeated] });
    const box = await chart.state('session.online').locator('[data-taken]').textContent();
    expect(box).toContain('isInRoom');
    expect(await chart.taken()).toEqual(['session.online message.post 2']);
  });

  test('passes over transitions that the chart does not have', async () => {
    const chart = await openChart(browser);
    await chart.show(room, { value: 'empty', step: [{ ...lastLeft, source: 'elsewhere' }] });
    expect(await chart.taken()).toEqual([]);
  });
});

describe('delays', () => {
  test('count down at their transition, or in a list, and stand in a recording', async () => {
    const chart = await openChart(browser);
    await chart.show(session, { value: 'away', timers: [grace, typing] });
    const timers = chart.page.getByRole('list', { name: 'Timers' });
    expect(await chart.countdown(grace.event).textContent()).toBe('20.0 s');
    expect(await timers.allTextContents()).toEqual(['typing.expired25.0 s']);
    await chart.say({ timers: [grace], isLive: true });
    await until(() => chart.countdown(grace.event).textContent()).toMatch(/^19\./);
    expect(await timers.isVisible()).toBe(false);
    await chart.say({ timers: [] });
    expect(await chart.countdown(grace.event).count()).toBe(0);
  });

  test('keep the page busy only while they count and are seen', async () => {
    const chart = await openChart(browser);
    await chart.tell(`{
      window.asked = 0;
      const request = requestAnimationFrame;
      window.requestAnimationFrame = (callback) => (window.asked++, request(callback));
      // Of the page's own frames, three, and whether one was asked for meanwhile.
      window.isBusy = async () => {
        const before = window.asked;
        for (let i = 0; i < 3; i++) await new Promise(request);
        return window.asked > before;
      };
    }`);
    const isBusy = () => chart.tell('window.isBusy()');
    await chart.show(session, { value: 'away', timers: [grace], isLive: true });
    await until(isBusy).toBe(true);
    await chart.tell(`chart.hidden = true`);
    await until(isBusy).toBe(false);
    await chart.tell(`chart.hidden = false`);
    await until(isBusy).toBe(true);
    await chart.say({ timers: [grace], isLive: false });
    await until(isBusy).toBe(false);
    await chart.say({ timers: [{ ...grace, elapsed: 29_990 }], isLive: true });
    await until(() => chart.countdown(grace.event).textContent()).toBe('0.0 s');
    await until(isBusy).toBe(false);
  });

  test('of many people who type are not all listed', async () => {
    const chart = await openChart(browser);
    const timers = Array.from({ length: 500 }, (_, i) => ({ ...typing, elapsed: i }));
    await chart.show(room, { value: 'occupied', timers });
    const items = await chart.page
      .getByRole('list', { name: 'Timers' })
      .getByRole('listitem')
      .allTextContents();
    expect(items).toHaveLength(7);
    expect(items.at(-1)).toBe('and 494 more');
  });
});

describe('what is shown of a chart', () => {
  test('is all of it at first, and again after it has been moved', async () => {
    const chart = await openChart(browser);
    await chart.show(room, { value: 'occupied' });
    const whole = await chart.window();
    const box = chart.page.getByRole('group', { name: /^Statechart/ });
    await box.focus();
    await chart.page.keyboard.press('ArrowRight');
    expect((await chart.window()).x).toBeGreaterThan(whole.x);
    await chart.page.keyboard.press('+');
    expect((await chart.window()).width).toBeLessThan(whole.width);
    await chart.page.getByRole('button', { name: 'Zoom out' }).click();
    await chart.page.getByRole('button', { name: 'Fit the whole chart' }).click();
    expect(await chart.window()).toEqual(whole);

    await chart.page.mouse.move(300, 300);
    await chart.page.mouse.wheel(0, 100);
    await until(async () => (await chart.window()).y).toBeGreaterThan(whole.y);
    await chart.page.keyboard.down('Control');
    await chart.page.mouse.wheel(0, -100);
    await chart.page.keyboard.up('Control');
    await until(async () => (await chart.window()).width).toBeLessThan(whole.width);
    await box.press('0');
    await chart.page.mouse.down();
    await chart.page.mouse.move(250, 320);
    await chart.page.mouse.up();
    const dragged = await chart.window();
    expect([dragged.x > whole.x, dragged.y < whole.y, dragged.width]).toEqual([true, true, whole.width]);
  });

  test('is the part around the present state when all would be too small to read', async () => {
    const chart = await openChart(browser, { viewport: { width: 360, height: 400 } });
    await chart.show(session, { value: 'opening' });
    expect(await isInSight(chart, 'session.opening')).toBe(true);
    expect(await isInSight(chart, 'session.ended')).toBe(false);
    await chart.say({ value: 'ended' });
    expect(await isInSight(chart, 'session.ended')).toBe(true);
    await chart.page.getByRole('button', { name: 'Fit the whole chart' }).click();
    expect(await isInSight(chart, 'session.opening')).toBe(true);
    expect(await isInSight(chart, 'session.ended')).toBe(true);
  });

  test('follows the size of the window', async () => {
    const chart = await openChart(browser);
    await chart.show(room, { value: 'closed' });
    await chart.page.setViewportSize({ width: 1200, height: 500 });
    await until(() => isInSight(chart, 'room.closed')).toBe(true);
    const { width, height } = await chart.window();
    expect(width / height).toBeCloseTo(1200 / 500, 1);
  });
});

describe('a layout', () => {
  test('is made once for a definition, whoever asks', async () => {
    const chart = await openChart(browser);
    await chart.tell(`{
      window.layouts = 0;
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message) {
        if (message.cmd === 'layout') window.layouts++;
        return post.call(this, message);
      };
      const other = document.createElement('state-chart');
      other.showMachine(${JSON.stringify(room)});
      document.body.append(other);
      chart.showMachine(${JSON.stringify(room)});
    }`);
    await until(() => chart.page.locator('[data-state="room"]').count()).toBe(2);
    const made = await chart.tell<number>(`window.layouts`);
    await chart.tell(`chart.showMachine(undefined)`);
    await chart.show(room);
    expect(await chart.tell(`window.layouts`)).toBe(made);
    // From left to right and from top to bottom, for whichever room there is.
    expect(made).toBe(2);
  });

  test('that cannot be made leaves the states as a list, and is tried again', async () => {
    const chart = await openChart(browser);
    chart.person.expected = /404/;
    await chart.page.route('**/vendor/elk-worker.js', (route) => route.fulfill({ status: 404, body: '' }));
    await chart.show(room, { value: 'occupied' });
    const states = chart.page.getByRole('list', { name: 'States' });
    await states.getByText('occupied', { exact: true }).click();
    expect(await states.locator('[aria-current] > b').allTextContents()).toEqual(['room', 'occupied']);
    await chart.page.unroute('**/vendor/elk-worker.js');
    await chart.show(stats);
    await chart.state('stats.watched').waitFor();
    await chart.show(room);
    await chart.state('room.occupied').waitFor();
  });

  test('of a hundred states is drawn within a second', async () => {
    const chart = await openChart(browser);
    const states = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [
        `s${i}`,
        {
          entry: 'begin',
          on: {
            NEXT: `s${(i + 1) % 100}`,
            ...(i % 4 === 0 && { FAR: { guard: 'isFar', target: `s${(i * 7) % 100}` } }),
          },
        },
      ]),
    );
    const definition = JSON.stringify({ id: 'hundred', initial: 's0', states });
    await chart.show(definition);
    // The least of a few: other things on the machine take time too.
    const times = await chart.tell<number[]>(`[1, 2, 3].map(() => {
      chart.showMachine(undefined);
      const start = performance.now();
      chart.showMachine(${JSON.stringify(definition)});
      chart.getBoundingClientRect();
      return performance.now() - start;
    })`);
    expect(await chart.page.locator('[data-state]').count()).toBe(101);
    expect(Math.min(...times)).toBeLessThan(1_000);
    console.log(`a hundred states are drawn in ${Math.round(Math.min(...times))} ms`);
  });

  test('fetches elk only where there is a chart to draw', async () => {
    const { url } = await startServer();
    const ann = await browser.join(url, 'Ann');
    const fetched = `performance.getEntriesByType('resource').filter(({ name }) => name.includes('/vendor/elk')).length`;
    expect(await ann.page.evaluate(fetched)).toBe(0);
    const chart = await openChart(browser);
    expect(await chart.page.evaluate(fetched)).toBe(0);
    await chart.show(room);
    expect(await chart.page.evaluate(fetched)).toBeGreaterThan(0);
  });
});

describe('when there is no chart', () => {
  test.each([
    ['no actor', undefined, 'Choose an actor'],
    ['an actor that is no machine', '{"id":"worker"}', '“worker” is not a state machine'],
    ['a definition that is none', '{"id":', 'cannot be read'],
  ])('says so: %s', async (_what, definition, words) => {
    const chart = await openChart(browser);
    await chart.show(room, { value: 'occupied' });
    await chart.show(definition, { value: 'somewhere', step: [lastLeft], timers: [typing] });
    await chart.element.getByText(words).waitFor();
    expect(await chart.page.locator('[data-state]').count()).toBe(0);
    expect(await chart.page.getByRole('button', { name: 'Zoom in' }).isVisible()).toBe(false);
  });

  test('shows the last that was asked for, however long one before takes', async () => {
    const chart = await openChart(browser);
    await chart.tell(
      `chart.showMachine(${JSON.stringify(session)}); chart.showMachine(${JSON.stringify(room)})`,
    );
    await chart.state('room').waitFor();
    await chart.show(session);
    await chart.state('session').waitFor();
    expect(await chart.state('room').count()).toBe(0);
  });
});

test('shows final states, history, regions, guards, delays and invoked actors', async () => {
  const chart = await openChart(browser);
  await chart.show(definitionOf(orderMachine), {
    value: { shipping: { parcel: 'packing', mail: 'writing' } },
  });
  expect(await chart.state('order.done').locator('.inner').count()).toBe(1);
  expect(await chart.state('order.checkout.memory').textContent()).toContain('H*');
  expect(await chart.page.locator('[data-region]').count()).toBe(2);
  expect(await chart.state('order.checkout.payment').textContent()).toContain('chargeCard');
  const labels = await chart.page.locator('.label').allTextContents();
  for (const words of ['after 30 s', '[isValid]', 'chargeCard done', 'always']) {
    expect(
      labels.some((label) => label.includes(words)),
      words,
    ).toBe(true);
  }
  const both = {
    source: 'order.shipping',
    target: ['order.shipping.parcel.sent', 'order.shipping.mail.sent'],
  };
  await chart.say({ step: [{ ...both, event: 'BOTH', index: 0 }] });
  expect(await chart.page.locator('.arrow[data-taken]').count()).toBe(2);
});

test.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (colorScheme) => {
  const chart = await openChart(browser, { colorScheme, reducedMotion: 'reduce' });
  await chart.page.evaluate(axe.source);
  const shown: [string | undefined, Parameters<Chart['say']>[0]][] = [
    [undefined, {}],
    [session, { value: 'away', timers: [grace, typing], step: [lastLeft] }],
    [room, { value: 'closed', status: 'done' }],
  ];
  for (const [definition, rest] of shown) {
    await chart.show(definition, rest);
    const found = await chart.page.evaluate(`axe.run('state-chart', { resultTypes: ['violations'] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`);
    expect(found).toEqual([]);
  }
});

/** The page may be slow, on a machine that has much to do. */
function until<T>(look: () => T | Promise<T>) {
  return expect.poll(look, { timeout: 10_000, interval: 20 });
}

function pulses(chart: Chart): Promise<number> {
  return chart.tell(
    `[...chart.querySelectorAll('.pulse')].filter((each) => each.getAnimations().length > 0).length`,
  );
}

function isInSight(chart: Chart, id: string): Promise<boolean> {
  return chart.tell(`{
    const inner = chart.querySelector('[data-state="${id}"]').getBoundingClientRect();
    const outer = chart.getBoundingClientRect();
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  }`);
}
