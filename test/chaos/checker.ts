import type { HistoryLine, Note, Outcome } from './log.ts';

type Of<K extends Note['kind']> = Extract<Note, { kind: K }>;

/**
 * Decides whether what clients saw can be squared with what the server promises.
 * @returns one line for each promise that was broken, with the case of it
 */
export function violationsIn(outcome: Outcome): string[] {
  return [
    ...storedOnce(outcome),
    ...idsGivenOnce(outcome),
    ...oneOrder(outcome),
    ...ownOrder(outcome),
    ...nothingMissed(outcome),
    ...privateToTheTwo(outcome),
    ...sessionsKept(outcome),
    ...presenceAgrees(outcome),
    ...of(outcome.notes, 'refused').map(
      ({ who, code, message }) => `${who} was refused: ${code}, ${message}`,
    ),
  ];
}

/** Each acknowledged message is in the history exactly once, under the id it was acknowledged with. */
function* storedOnce({ notes, histories }: Outcome) {
  const acks = new Map(of(notes, 'acked').map(({ who, ref, id }) => [`${who} ${ref}`, id]));
  const seenIds = new Map<string, number>();
  for (const { who, ref, id } of of(notes, 'acked')) {
    const before = seenIds.get(`${who} ${ref}`);
    if (before !== undefined && before !== id) yield `${who} got two acks for ${ref}: ${before} and ${id}`;
    seenIds.set(`${who} ${ref}`, id);
  }
  for (const { who, ref, to, text } of of(notes, 'sent')) {
    if (!('room' in to)) continue;
    const found = (histories[to.room] ?? []).filter((line) => line.text === text);
    const acked = acks.get(`${who} ${ref}`);
    if (found.length > 1) yield `${text} is in the history of ${to.room} ${found.length} times`;
    if (acked === undefined) continue;
    if (found.length === 0) yield `${text} was acknowledged and is not in the history of ${to.room}`;
    else if (found[0]?.id !== acked) yield `${text} was acknowledged as ${acked} and is ${found[0]?.id}`;
  }
}

function* idsGivenOnce({ notes, histories }: Outcome) {
  const texts = new Map<number, string>();
  const given = [...Object.values(histories).flat(), ...of(notes, 'received'), ...of(notes, 'private')];
  for (const { id, text } of given) {
    const known = texts.get(id);
    if (known !== undefined && known !== text) yield `id ${id} is that of ${known} and of ${text}`;
    texts.set(id, text);
  }
}

/** All clients saw one order, which is the history's. */
function* oneOrder({ notes, histories }: Outcome) {
  const lines = new Map(
    Object.entries(histories).flatMap(([room, all]) =>
      all.map((line) => [`${room} ${line.id}`, line] as const),
    ),
  );
  for (const [room, all] of Object.entries(histories)) {
    if (!rises(all.map(({ id }) => id))) yield `the history of ${room} is not in the order of its ids`;
  }
  const newest = new Map<string, number>();
  for (const { who, connection, id, room, from, text } of of(notes, 'received')) {
    const line = lines.get(`${room} ${id}`);
    if (line?.text !== text || line.from !== from)
      yield `${who} saw ${text} as ${id} in ${room}, which has not`;
    const key = `${who} ${connection} ${room}`;
    if ((newest.get(key) ?? 0) >= id) yield `${who} saw ${text} in ${room} behind what came after it`;
    newest.set(key, id);
  }
}

/** Each client's own messages are in the order in which it sent them. */
function* ownOrder({ notes, histories }: Outcome) {
  const sentAs = new Map(of(notes, 'sent').map(({ who, text }, i) => [text, { who, i }]));
  for (const [room, all] of Object.entries(histories)) {
    const last = new Map<string, number>();
    for (const { text } of all) {
      const sent = sentAs.get(text);
      if (!sent) continue;
      if ((last.get(sent.who) ?? -1) > sent.i)
        yield `${text} is in ${room} behind what ${sent.who} sent after it`;
      last.set(sent.who, sent.i);
    }
  }
}

/** A client that was told that nothing was left out saw each entry of its rooms exactly once. */
function* nothingMissed({ notes, histories }: Outcome) {
  for (const who of new Set(notes.map((note) => note.who))) {
    const own = notes.filter((note) => note.who === who);
    if (of(own, 'resumed').some(({ recovered }) => !recovered)) continue;
    for (const { room, from } of of(own, 'joined')) {
      const counts = new Map<number, number>();
      for (const received of of(own, 'received')) {
        if (received.room === room) counts.set(received.id, (counts.get(received.id) ?? 0) + 1);
      }
      for (const { id, text } of since(histories[room], from)) {
        const times = counts.get(id) ?? 0;
        if (times !== 1) yield `${who} saw ${text} of ${room} ${times} times`;
      }
    }
  }
}

/** A private message reaches its two, and nobody else; an acknowledged one exactly once. */
function* privateToTheTwo({ notes }: Outcome) {
  const seen = new Map<string, number>();
  for (const { who, from, to, text, id } of of(notes, 'private')) {
    if (who !== from && who !== to) yield `${who} saw ${text}, of ${from} to ${to}`;
    const key = `${who} ${id}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (seen.get(key) === 2) yield `${who} saw ${text} twice`;
  }
  const acks = new Map(of(notes, 'acked').map(({ who, ref, id }) => [`${who} ${ref}`, id]));
  for (const { who, ref, to, text } of of(notes, 'sent')) {
    const id = acks.get(`${who} ${ref}`);
    if (!('user' in to) || id === undefined) continue;
    for (const party of [who, to.user]) {
      if (!seen.has(`${party} ${id}`))
        yield `${text} was acknowledged to ${who}, and ${party} has not seen it`;
    }
  }
}

function* sessionsKept({ notes }: Outcome) {
  const begun = new Set<string>();
  for (const { who } of of(notes, 'connected')) {
    if (begun.has(who)) yield `${who} lost their session`;
    begun.add(who);
  }
}

/** In the end all agree on who is in a room, and it is who believes to be there. */
function* presenceAgrees({ rosters, roomsOf }: Outcome) {
  for (const [room, told] of Object.entries(rosters)) {
    const inside = Object.keys(roomsOf).filter((who) => roomsOf[who]?.includes(room));
    for (const { who, members } of told) {
      if ([...members].sort().join() !== inside.sort().join()) {
        yield `${who} was told that ${members.join(', ')} are in ${room}, and there are ${inside.join(', ')}`;
      }
    }
  }
}

function of<K extends Note['kind']>(notes: readonly Note[], kind: K): Of<K>[] {
  return notes.filter((note): note is Of<K> => note.kind === kind);
}

function since(history: HistoryLine[] = [], from: number): HistoryLine[] {
  return history.filter(({ id, type }) => id > from && type !== 'system');
}

function rises(ids: number[]): boolean {
  return ids.every((id, i) => i === 0 || id > (ids[i - 1] as number));
}
