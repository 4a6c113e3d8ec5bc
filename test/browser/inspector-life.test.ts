import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { SteppedClock } from '../support/clock.ts';
import { InspectorPage } from '../support/inspector-page.ts';
import { startServer, type TestServer } from '../support/server.ts';

// What happens on a real server, as the page shows it: the right state lit, and the right arrow drawn.

const browser = useBrowser();

/** All that happens here is in sight, so that it is on the page at all. */
const HIGH = { width: 1280, height: 1800 };

/** The page, looking at one actor. */
class Watch extends InspectorPage {
  /** Resolves when just these states are lit. */
  async lights(...states: string[]): Promise<void> {
    const lit = () =>
      this.page
        .locator('state-chart [data-lit]')
        .evaluateAll((all) =>
          all.map((each) => (each as unknown as { dataset: { state: string } }).dataset.state),
        );
    await expect.poll(lit, { timeout: 15_000 }).toEqual(states);
  }

  /** Resolves when this transition of the chart is marked as the one taken last. */
  async takes(transition: RegExp): Promise<void> {
    const taken = () =>
      this.page
        .locator('state-chart [data-transition][data-taken]')
        .evaluateAll((all) =>
          all.map((each) => (each as unknown as { dataset: { transition: string } }).dataset.transition),
        );
    await expect
      .poll(async () => (await taken()).some((each) => transition.test(each)), { timeout: 15_000 })
      .toBe(true);
  }

  /** Resolves when an arrow is drawn, in the words in which it is read out. */
  draws(sentence: string): Promise<void> {
    const events = this.page.getByRole('grid', { name: 'Events' });
    return events.getByRole('row', { name: sentence }).last().waitFor();
  }

  /** Resolves when a delay counts down: at its arrow, or in the list where it has none. */
  async countsDown(event: string): Promise<void> {
    const atArrow = this.page.locator(`state-chart [data-timer="${event}"]:not([hidden])`);
    const listed = this.page.getByRole('list', { name: 'Timers' }).getByText(event);
    await atArrow.or(listed).first().waitFor();
  }

  /** Goes to the moment after an event. */
  async goTo(sentence: string): Promise<void> {
    const events = this.page.getByRole('grid', { name: 'Events' });
    await events.getByRole('row', { name: sentence }).click();
  }
}

/** Opens the page, and awaits that it is told of everything. */
async function watch(server: TestServer, actor: string): Promise<Watch> {
  const page = new Watch(await browser.open(`${server.url}/inspector`, { viewport: HIGH }));
  await page.choose('help');
  await page.lights('room', 'room.empty');
  await page.page.evaluate(`location.hash = ${JSON.stringify(actor)}`);
  return page;
}

test('a room: joined, spoken and typed in, left, closed', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann, bob] = await server.users('Ann', 'Bob');
  const page = await watch(server, 'room:attic');

  await ann.join('attic');
  await page.title('attic');
  await page.lights('room', 'room.occupied');
  await page.draws('client Ann to session Ann: room.join');
  await page.draws('session Ann to room attic: member.join');
  await page.draws('journal to room attic: join.committed, founding to occupied');

  await bob.join('attic');
  await page.draws('session Bob to room attic: member.join, stays occupied');

  await ann.say('attic', 'hello');
  await page.draws('session Ann to room attic: message.post, stays occupied');
  await page.takes(/entry\.committed/);
  await page.draws('journal to room attic: entry.committed, stays occupied');

  ann.send({ type: 'typing', room: 'attic', typing: true });
  await page.draws('session Ann to room attic: typing.set, stays occupied');
  await page.takes(/typing\.set/);
  await page.countsDown('typing.expired');

  await bob.leave('attic');
  await ann.leave('attic');
  await page.draws('journal to room attic: leave.committed, occupied to closed');
  await page.lights('room', 'room.closed');
  await page.takes(/room\.occupied.*leave\.committed/);
});

test('a session: disconnected, away, back in time; then away for good', async () => {
  const clock = new SteppedClock();
  const server = await startServer({ INSPECT: true }, { clock });
  const [ann, bob] = await server.users('Ann', 'Bob');
  const page = await watch(server, 'session:Ann');
  await page.title('Ann');
  await page.lights('session', 'session.online');

  ann.socket.close();
  await page.lights('session', 'session.away');
  await page.draws('client Ann to session Ann: connection.lost, online to away');
  await page.draws('session Ann to room general: member.rest, stays occupied');
  await page.countsDown('xstate.after.presenceGrace.session.away');

  const again = await server.resume(ann);
  await page.lights('session', 'session.online');
  await page.draws('client Ann to session Ann: connection.opened, away to online');
  await page.takes(/session\.away.*connection\.opened/);

  again.socket.close();
  await page.lights('session', 'session.away');
  await clock.pass(30_000, bob);
  await bob.next('user_left', { user: 'Ann' });
  await page.draws('session Ann to itself: after presenceGrace, away to ended');
  await page.lights('session', 'session.ended');
  await page.draws('session Ann to room general: member.leave, stays occupied');
});

test('a recording of it, saved and opened where there is no server to watch, shows the same', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const page = await watch(server, 'room:attic');
  await ann.join('attic');
  await page.lights('room', 'room.occupied');
  await ann.leave('attic');
  await page.lights('room', 'room.closed');
  const [download] = await Promise.all([page.page.waitForEvent('download'), page.click('Save recording')]);
  const saved = await readFile(await download.path());

  const off = await startServer();
  const person = await browser.open(`${off.url}/inspector`, { viewport: HIGH });
  person.expected = /404|WebSocket connection/;
  const opened = new Watch(person);
  await opened.page.getByRole('heading', { name: 'The inspector is off' }).waitFor();
  const chooser = opened.page.waitForEvent('filechooser');
  await opened.click('Open a recording');
  await (await chooser).setFiles({ name: 'attic.json', mimeType: 'application/json', buffer: saved });
  await opened.page.getByText('attic.json, saved').waitFor();
  await opened.draws('journal to room attic: leave.committed, occupied to closed');

  const rows = (each: Watch) =>
    each.page.getByRole('grid', { name: 'Events' }).getByRole('row').allTextContents();
  await expect.poll(() => rows(opened)).toEqual(await rows(page));
  await page.click('Pause');
  for (const each of [page, opened]) {
    await each.goTo('journal to room attic: join.committed');
    await each.choose('attic');
    await each.lights('room', 'room.occupied');
  }
});
