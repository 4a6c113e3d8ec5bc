import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { layPageLine } from '../support/page-line.ts';
import { startServer } from '../support/server.ts';
import { views, WINDOWS } from '../support/views.ts';

const browser = useBrowser();

/** What would move, with how many seconds; runs in the page, whose types are not ours: hence text. */
const MOVING = `[...document.querySelectorAll('*')].flatMap((element) =>
  [undefined, '::before', '::after', '::backdrop'].flatMap((part) => {
    const { transitionDuration, transitionProperty, animationName, scrollBehavior } = getComputedStyle(element, part);
    const moves = parseFloat(transitionDuration) > 0 && /all|transform|width|height|margin|inset|top|left/.test(transitionProperty);
    if (!moves && animationName === 'none' && scrollBehavior === 'auto') return [];
    return [element.tagName + '.' + element.className + (part ?? '')];
  }))`;

test('nothing moves by itself for those who prefer that', async () => {
  const still = await moving('reduce');
  expect(still).toEqual(new Map(views.filter(isOnPhone).map(({ name }) => [name, []])));
  const lively = await moving('no-preference');
  expect([...lively.values()].flat().length).toBeGreaterThan(0);
});

/** By view, what moves in it on a phone, where drawers come in too. */
async function moving(reducedMotion: 'reduce' | 'no-preference'): Promise<Map<string, string[]>> {
  const server = await startServer();
  const bob = await server.user('Bob');
  await bob.say('general', 'Good morning, @Ann!');
  const ann = await browser.open(server.url, { ...WINDOWS.phone, reducedMotion });
  const line = await layPageLine(ann.page);
  const found = new Map<string, string[]>();
  for (const view of views.filter(isOnPhone)) {
    await view.show(ann, 'phone', line);
    if (view.name === 'room') {
      bob.send({ type: 'typing', room: 'general', typing: true });
      await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
      await ann.page.getByRole('button', { name: 'Dismiss' }).waitFor();
    }
    found.set(view.name, await ann.page.evaluate(MOVING));
  }
  return found;
}

function isOnPhone({ sizes }: (typeof views)[number]): boolean {
  return sizes.includes('phone');
}
