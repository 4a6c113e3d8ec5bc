import { describe, it } from 'vitest';
import { fewPaths } from '../models/model.ts';
import { PagePerson } from '../models/page-person.ts';
import { titleOf } from '../models/paths-to-walk.ts';
import { type RoomModelEvent, roomModel } from '../models/room.model.ts';
import { roomSteps } from '../models/room.steps.ts';
import { SocketPerson } from '../models/socket-person.ts';
import { walk } from '../models/walk.ts';
import { useBrowser } from '../support/browser.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

// The model that is walked over sockets in test/models/room.test.ts, walked through the page: Ann sits at it, and Bea
// at a socket. What they see is held against the same expectations.

const browser = useBrowser();

const paths = fewPaths(roomModel, isPossibleOnPage).map((path) => [titleOf(path), path] as const);

describe('the life of a room, on the page', () => {
  it.each(paths)('%s', async (_title, path) => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const Ann = await PagePerson.of(browser, server.url, 'attic');
    const Bea = await SocketPerson.of('Bea', server, 'attic');
    await walk(path, { server, clock, room: 'attic', people: { Ann, Bea }, lines: [] }, roomSteps);
  });
});

/** What the page offers: no button for most of what would be refused. What sockets are refused, the page never sees. */
function isPossibleOnPage(event: RoomModelEvent, { answer }: { answer: string }): boolean {
  const isBadName = event.type === 'join' && event.who === 'Ann' && answer === 'bad_name';
  return isBadName || ['joined', 'left', 'ack', 'nothing'].includes(answer);
}
