import type { Lane, Message } from '../../../public/inspector/sequence/lane.js';

/** Messages from lines such as `session:Ann > room:general message.post`, with rising ids. */
export function messagesOf(...lines: string[]): Message[] {
  return lines.map((line, i) => messageOf(line, { id: i + 1 }));
}

export function messageOf(line: string, more: Partial<Message> = {}): Message {
  const [, from = '', to = '', type = ''] = line.match(/^(.+) > (.+) (\S+)$/) ?? [];
  const isHeartbeat = type === 'ping';
  return { id: 1, at: 0, from: lane(from), to: lane(to), type, payload: {}, isHeartbeat, ...more };
}

export function lane(name: string): Lane {
  return { id: name, name, kind: name.split(':')[0] as Lane['kind'] };
}
