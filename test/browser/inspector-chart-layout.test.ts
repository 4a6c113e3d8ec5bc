import { describe, expect, test } from 'vitest';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { sessionMachine } from '../../src/actors/session/machine.ts';
import { statsMachine } from '../../src/actors/stats/machine.ts';
import { definitionOf } from '../inspector/chart/definition.ts';
import { useBrowser } from '../support/browser.ts';
import { type Chart, openChart, until } from '../support/chart.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

const room = definitionOf(roomMachine);
const session = definitionOf(sessionMachine);
const stats = definitionOf(statsMachine);

describe('what is shown of a chart', () => {
  test('is all of it at first, and again after it has been moved', async () => {
    const chart = await openChart(browser);
    await chart.show(room, { value: 'occupied' });
    const whole = await chart.window();
    const box = chart.page.getByRole('group', { name: /^Statechart/ });
    await box.focus();
    await chart.page.keyboard.press('ArrowRight');
    await until(async () => (await chart.window()).x).toBeGreaterThan(whole.x);
    await chart.page.keyboard.press('+');
    await until(async () => (await chart.window()).width).toBeLessThan(whole.width);
    await chart.page.getByRole('button', { name: 'Zoom out' }).click();
    await chart.page.getByRole('button', { name: 'Fit the whole chart' }).click();
    await until(() => chart.window()).toEqual(whole);

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
    await until(async () => {
      const dragged = await chart.window();
      return [dragged.x > whole.x, dragged.y < whole.y, dragged.width];
    }).toEqual([true, true, whole.width]);
  });

  test('is the part around the present state when all would be too small to read', async () => {
    const chart = await openChart(browser, { viewport: { width: 360, height: 400 } });
    await chart.show(session, { value: 'opening' });
    await until(() => isInSight(chart, 'session.opening')).toBe(true);
    await until(() => isInSight(chart, 'session.ended')).toBe(false);
    await chart.say({ value: 'ended' });
    await until(() => isInSight(chart, 'session.ended')).toBe(true);
    await chart.page.getByRole('button', { name: 'Fit the whole chart' }).click();
    await until(() => isInSight(chart, 'session.opening')).toBe(true);
    await until(() => isInSight(chart, 'session.ended')).toBe(true);
  });

  test('follows the size of the window', async () => {
    const chart = await openChart(browser);
    await chart.show(room, { value: 'closed' });
    await chart.page.setViewportSize({ width: 1200, height: 500 });
    // The observer of its size may be told later than the window has it.
    await until(async () => {
      const { width, height } = await chart.window();
      return width / height;
    }).toBeCloseTo(1200 / 500, 1);
    await until(() => isInSight(chart, 'room.closed')).toBe(true);
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

  test('of a hundred states is there at once when it has been made', async () => {
    const chart = await openChart(browser);
    const states = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`s${i}`, { entry: 'begin', on: { NEXT: `s${(i + 1) % 100}` } }]),
    );
    const definition = JSON.stringify({ id: 'hundred', initial: 's0', states });
    await chart.show(definition);
    // In one task, in which no other thread can answer.
    const drawn = await chart.tell<number[]>(`[undefined, ${JSON.stringify(definition)}].map((definition) => {
      chart.showMachine(definition);
      return chart.querySelectorAll('[data-state]').length;
    })`);
    expect(drawn).toEqual([0, 101]);
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
    const step = { source: 'room.occupied', target: ['room.empty'], event: 'leave.committed', index: 0 };
    const timer = { event: 'typing.expired', delay: 30_000, elapsed: 5_000 };
    await chart.show(definition, { value: 'somewhere', step: [step], timers: [timer] });
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

function isInSight(chart: Chart, id: string): Promise<boolean> {
  return chart.tell(`{
    const inner = chart.querySelector('[data-state="${id}"]').getBoundingClientRect();
    const outer = chart.getBoundingClientRect();
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  }`);
}
