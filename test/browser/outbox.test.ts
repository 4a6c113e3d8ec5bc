import { expect, test } from 'vitest';
import { type ChatPage, UNREACHABLE, useBrowser } from '../support/browser.ts';
import { SteppedClock } from '../support/clock.ts';
import { holdBack } from '../support/hold-back.ts';
import { layLine } from '../support/line.ts';
import { connectThrough } from '../support/page-line.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('shows what is written at once, as on its way until the server has it', async () => {
  const { url } = await startServer();
  const ann = await browser.open(url);
  const message = await holdBack(ann.page, 'message');
  await ann.join('Ann');
  await ann.say('at once');
  await ann.sees('at once');
  await expect.poll(() => ann.composer.inputValue()).toBe('');
  expect(await pendingIn(ann)).toBe(1);
  message.release();
  await expect.poll(() => pendingIn(ann)).toBe(0);
  expect(await ann.texts()).toEqual(['at once']);
});

test('sends what was not acknowledged before a reload again, with the same ref: it is there once', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.open(server.url);
  const refs: string[] = [];
  let isDeaf = false;
  await ann.page.routeWebSocket(/ws\/chat/, (socket) => {
    const far = socket.connectToServer();
    socket.onMessage((data) => {
      const frame = JSON.parse(String(data)) as { type: string; ref: string };
      if (frame.type === 'message') refs.push(frame.ref);
      far.send(data);
    });
    far.onMessage((data) => {
      if (!isDeaf) socket.send(data);
    });
  });
  await ann.join('Ann');
  isDeaf = true;
  await ann.say('once');
  await bob.next('message', { text: 'once' });
  isDeaf = false;
  await ann.page.reload();
  await ann.isConnected();
  await ann.say('then');
  await bob.next('message', { text: 'then' });
  expect(textsFor(bob.frames)).toEqual(['once', 'then']);
  await expect.poll(() => ann.texts()).toEqual(['once', 'then']);
  expect(refs.length).toBe(3);
  expect(refs[1]).toBe(refs[0]);
});

test('keeps what is written while the network is cut for 10 s, and sends it once and in order', async () => {
  const clock = new SteppedClock();
  const server = await startServer({}, { clock });
  const line = await layLine(server.url);
  const bob = await server.user('Bob');
  const ann = await browser.open(line.url);
  ann.expected = UNREACHABLE;
  await ann.page.clock.install();
  await ann.page.reload();
  await ann.join('Ann');

  line.cut();
  await ann.status('Reconnecting…');
  for (const text of ['one', 'two', '/me waits']) await ann.say(text);
  await ann.say('/pm Bob three');
  await ann.isIn('Bob');
  await expect.poll(() => ann.texts()).toEqual(['three']);
  await ann.openRoom('general');
  await expect.poll(() => ann.texts()).toEqual(['one', 'two', '* Ann waits']);
  await expect.poll(() => pendingIn(ann)).toBe(3);

  await Promise.all([clock.pass(10_000, bob), ann.page.clock.runFor(10_000)]);
  await expect.poll(() => pendingIn(ann)).toBe(3);
  line.mend();
  await ann.comesBack();
  await expect.poll(() => pendingIn(ann), { timeout: 20_000 }).toBe(0);
  await bob.next('pm', { text: 'three' });
  await expect.poll(() => ann.texts()).toEqual(['one', 'two', '* Ann waits']);
  expect(textsFor(bob.frames)).toEqual(['one', 'two', '* Ann waits', 'three']);
});

test('keeps the queue over a reload while the server cannot be reached by socket', async () => {
  const server = await startServer({ PRESENCE_GRACE_MS: 60_000 });
  const bob = await server.user('Bob');
  const ann = await browser.open(server.url);
  let isCut = false;
  let drop = () => {};
  await ann.page.routeWebSocket(/ws\/chat/, (socket) => {
    if (isCut) {
      socket.close({ code: 1001, reason: 'cut' });
      return;
    }
    drop = connectThrough(socket).cut;
  });
  await ann.page.reload();
  await ann.join('Ann');
  isCut = true;
  drop();
  await ann.status('Reconnecting…');
  await ann.say('first');
  await ann.say('second');
  await ann.page.reload();
  isCut = false;
  await bob.next('message', { text: 'second' });
  await ann.sees('second');
  await expect.poll(() => pendingIn(ann)).toBe(0);
  expect(await ann.texts()).toEqual(['first', 'second']);
  await ann.page.reload();
  await ann.sees('second');
  await ann.say('third');
  await bob.next('message', { text: 'third' });
  expect(textsFor(bob.frames)).toEqual(['first', 'second', 'third']);
});

test('waits out the rate limit and loses nothing', async () => {
  const server = await startServer({ RATE_BURST: 8, RATE_PER_SECOND: 20 });
  const bob = await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann');
  const texts = Array.from({ length: 30 }, (_, i) => `line ${i}`);
  await ann.composer.evaluate((element, lines) => {
    const text = element as unknown as { value: string; form: { requestSubmit(): void } };
    for (const line of lines) {
      text.value = line;
      text.form.requestSubmit();
    }
  }, texts);
  await bob.next('message', { text: 'line 29' });
  expect(textsFor(bob.frames)).toEqual(texts);
  await expect.poll(() => pendingIn(ann)).toBe(0);
  expect(await ann.texts()).toEqual(texts);
});

test('says why something was not sent, and sends it on retry', async () => {
  const server = await startServer();
  const ann = await browser.join(server.url, 'Ann');
  await ann.say('/pm Bob are you there?');
  await ann.log.getByText('Not sent: User not found').waitFor();
  const bob = await server.user('Bob');
  await ann.click('Retry');
  await bob.next('pm', { text: 'are you there?' });
  await ann.log.getByText('Not sent').waitFor({ state: 'hidden' });
  await expect.poll(() => ann.texts()).toEqual(['are you there?']);
});

test.each(['Retry', 'Discard'])('puts the focus back into the composer after %s', async (button) => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  await ann.say('/pm Bob are you there?');
  await ann.page.getByRole('button', { name: button }).focus();
  await ann.page.keyboard.press('Enter');
  await expect.poll(() => ann.composer.evaluate((box) => box.matches(':focus'))).toBe(true);
  await ann.page.keyboard.type('typed at once');
  expect(await ann.composer.inputValue()).toBe('typed at once');
});

function pendingIn({ log }: ChatPage): Promise<number> {
  return log.getByText('Sending…').count();
}

function textsFor(frames: readonly { type: string }[]): string[] {
  return frames
    .filter(({ type }) => ['message', 'action', 'pm'].includes(type))
    .map((frame) => (frame as unknown as { text: string }).text);
}
