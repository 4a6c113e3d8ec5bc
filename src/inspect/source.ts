import type { AnyActor } from 'xstate';
import type { Connection } from '../actors/connection.ts';
import { currentSender, type Sender } from '../actors/sender.ts';
import type { AnyEvent } from './events.ts';
import { feedId } from './life.ts';
import type { EventFrame, Origin } from './wire.ts';

type Source = Pick<EventFrame, 'sourceId' | 'origin'>;

/**
 * Who sent an event, at the moment when it is sent.
 * @param sender whom xstate names: the actor itself, for what it has told itself to do later
 * @param creator who was at work when the actor began
 */
export function sourceOf(
  event: AnyEvent,
  target: AnyActor,
  sender: { sessionId: string } | undefined,
  creator: Sender | undefined,
): Source {
  if (sender) return { sourceId: feedId(sender) };
  const atWork = event.type === 'xstate.init' ? creator : currentSender();
  if (atWork) {
    const sourceId = feedId(atWork.actor);
    return atWork.cause ? { sourceId, origin: atWork.cause } : { sourceId };
  }
  const connection = connectionOf(event as Carrier);
  return connection ? { origin: originOf(connection, target) } : {};
}

/** What clients ask for, and what the transport tells of a connection, carries it. */
function connectionOf({ asker, connection }: Carrier): Connection | undefined {
  return asker?.connection ?? connection;
}

interface Carrier extends AnyEvent {
  asker?: { connection: Connection };
  connection?: Connection;
}

function originOf({ pageTag }: Connection, { id }: AnyActor): Origin {
  return pageTag === undefined ? `client:${id.replace(/^session:/, '')}` : `page:${pageTag}`;
}
