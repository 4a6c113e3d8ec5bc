import type { AnyActor, InspectionEvent } from 'xstate';

type Observe = (inspected: InspectionEvent) => void;

/** What a system does with each inspection event; not in xstate's types. */
interface Sending {
  _sendInspectionEvent?: (inspected: InspectionEvent) => void;
}

/**
 * Has xstate tell of all that an actor does.
 *
 * xstate makes its inspection events whether anybody observes or not; `system.inspect` then copies each for its
 * observers, which costs a watched actor as much again as its work. So they are taken where they come from. Where a
 * release of xstate has no such place, `system.inspect` it is.
 * @returns ends it
 */
export function attach({ system }: AnyActor, observe: Observe): () => void {
  const place = system as Sending;
  const send = place._sendInspectionEvent;
  if (!send) {
    const subscription = system.inspect(observe);
    return () => subscription.unsubscribe();
  }
  const taking: typeof send = (inspected) => {
    observe(inspected);
    send.call(place, inspected);
  };
  place._sendInspectionEvent = taking;
  return () => {
    if (place._sendInspectionEvent === taking) place._sendInspectionEvent = send;
  };
}
