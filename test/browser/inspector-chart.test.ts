import { describe, expect, test } from 'vitest';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { sessionMachine } from '../../src/actors/session/machine.ts';
import { statsMachine } from '../../src/actors/stats/machine.ts';
import { definitionOf } from '../inspector/chart/definition.ts';
import { orderMachine } from '../inspector/chart/machines.ts';
import { faults } from '../support/axe.ts';
import { useBrowser } from '../support/browser.ts';
import { type Chart, openChart, until } from '../support/chart.ts';

const browser = useBrowser();

const room = definitionOf(roomMachine);
const session = definitionOf(sessionMachine);
const stats = definitionOf(statsMachine);

const lastLeft = { source: 'room.occupied', target: ['room.empty'], event: 'leave.committed', index: 0 };
const deserted = { source: 'room.empty', target: ['room.closed'], event: '', index: 0 };
const grace = { event: 'xstate.after.presenceGrace.session.away', delay: 30_000, elapsed: 10_000 };
const typing = { event: 'typing.expired', delay: 30_000, elapsed: 5_000 };

/** Runs in the page, whose types are not ours: hence text. */
const RUNNING_PULSES = `[...chart.querySelectorAll('.pulse')].filter((each) => each.getAnimations().length > 0).length`;

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
    await chart.show(room, { value: 'closed' });
    // In one go: a pulse is soon over.
    const running = await chart.tell(
      `chart.showStep(${JSON.stringify([lastLeft, deserted])}); ${RUNNING_PULSES}`,
    );
    expect(running).toBe(2);
    expect(await chart.taken()).toEqual(['room.occupied leave.committed 0', 'room.empty  0']);
    await chart.tell(
      `Promise.allSettled(chart.getAnimations({ subtree: true }).map((each) => each.finished)).then(() => {})`,
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
    const left = async () => Number.parseFloat((await chart.countdown(grace.event).textContent()) ?? '');
    await until(left).toBeLessThan(20);
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

test('axe finds nothing in either theme', async () => {
  const chart = await openChart(browser, { colorScheme: 'light', reducedMotion: 'reduce' });
  const shown: [string | undefined, Parameters<Chart['say']>[0]][] = [
    [undefined, {}],
    [session, { value: 'away', timers: [grace, typing], step: [lastLeft] }],
    [room, { value: 'closed', status: 'done' }],
  ];
  for (const [definition, rest] of shown) {
    await chart.show(definition, rest);
    expect(await faults(chart.page, {}, `'state-chart'`)).toEqual([]);
  }
});

function pulses(chart: Chart): Promise<number> {
  return chart.tell(RUNNING_PULSES);
}
