/**
 * Names this process's life: xstate's session ids begin anew in each (`x:0`), and so would ours of events. With it in
 * front, a viewer that stays while the server is started again never takes one actor for another.
 */
export const LIFE = Date.now().toString(36);

/** An actor's id on the feed: `mihz3k2p/x:0`. */
export function feedId({ sessionId }: { sessionId: string }): string {
  return `${LIFE}/${sessionId}`;
}
