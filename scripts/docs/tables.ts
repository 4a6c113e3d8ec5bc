import { closeCodes } from '../../src/protocol/close-codes.ts';
import { asyncapiDocument } from '../../src/protocol/documents/asyncapi.ts';
import { openapiDocument } from '../../src/protocol/documents/openapi.ts';
import { closeSummaries, errorSummaries } from '../../src/protocol/documents/summaries.ts';
import { type ErrorCode, errorWords } from '../../src/protocol/errors.ts';
import * as limits from '../../src/protocol/limits.ts';
import { fieldsOf, type Schema } from './fields.ts';

interface Message {
  name: string;
  summary: string;
  payload: Schema;
  'x-sse-id'?: boolean;
}

type Components = { components: { messages: Record<string, Message>; schemas: Record<string, Schema> } };

const { messages, schemas } = (asyncapiDocument('') as Components).components;
const { RoomSummary } = (openapiDocument('') as Components).components.schemas;

/** The tables in docs/PROTOCOL.md, by the names of their markers. */
export const protocolTables: Record<string, () => string> = {
  entities: () =>
    table(
      ['', 'fields'],
      Object.entries({ ...schemas, RoomSummary: RoomSummary as Schema }).map(([name, schema]) => [
        code(name),
        code(fieldsOf(schema)),
      ]),
    ),
  'client-frames': () => table(['frame', 'what it does'], frames('client')),
  'server-frames': () => table(['frame', 'when it comes'], frames('server')),
  events: () =>
    table(
      ['event', 'data', 'id', 'when it comes'],
      of('event').map(({ name, payload, summary, ...rest }) => [
        code(name),
        code(payload.$ref ? 'Stats' : fieldsOf(payload)),
        rest['x-sse-id'] ? 'yes' : '',
        summary,
      ]),
    ),
  errors: () =>
    table(
      ['code', 'when', 'its words, for example'],
      Object.entries(errorSummaries).map(([name, summary]) => [
        code(name),
        summary,
        code(errorWords[name as ErrorCode](SUBJECTS[name as ErrorCode] ?? '')),
      ]),
    ),
  'close-codes': () =>
    table(
      ['code', 'reason', 'why', 'come back?'],
      Object.entries(closeCodes).map(([name, { code: number, reason, reconnect }]) => [
        String(number),
        code(reason),
        closeSummaries[name as keyof typeof closeCodes],
        ADVICE[reconnect],
      ]),
    ),
  limits: () => table(['what', 'limit'], LIMITS),
};

const ADVICE: Record<(typeof closeCodes)[keyof typeof closeCodes]['reconnect'], string> = {
  no: 'No',
  resume: 'Yes: resume',
  later: 'Later: resume after a longer wait',
  'with jitter': 'Yes: resume, after a random wait',
};

/** What the words of an error are about, by way of example. */
const SUBJECTS: Partial<Record<ErrorCode, string>> = {
  bad_frame: '"room" of join: Invalid input: expected string, received undefined',
  unknown_type: 'shout',
  bad_name: '!',
  name_taken: 'Ann',
  not_in_room: 'attic',
  already_in_room: 'attic',
  cannot_leave: limits.LOBBY,
  room_not_found: 'attic',
  user_not_found: 'Bea',
  too_long: String(limits.TEXT_MAX),
  empty: 'Text',
  bad_text: 'control characters',
  unknown_command: '/dance',
  bad_usage: '/join <room>',
  rate_limited: '0.2',
  too_many_rooms: '100',
  room_limit: '10000',
  pm_undelivered: 'Bea',
  storage_failed: 'store your message',
};

const LIMITS = [
  ['user name', `${limits.NAME_MIN} to ${limits.USER_NAME_MAX} characters`],
  ['room name', `${limits.NAME_MIN} to ${limits.ROOM_NAME_MAX} characters`],
  ['text, once trimmed', `1 to ${whole(limits.TEXT_MAX)} characters (\`MAX_TEXT\`)`],
  ['`ref`', `1 to ${limits.REF_MAX} characters, remembered for ${limits.REF_REMEMBERED_MS / 60_000} minutes`],
  ['frame from a client', `${limits.FRAME_MAX_BYTES / 1024} KiB`],
  [
    'entries of a room that are kept',
    `the last ${limits.HISTORY_KEPT}; a \`joined\` has ${limits.HISTORY_ON_JOIN}`,
  ],
  ['rows of one list of rooms or users', whole(limits.ROOMS_PAGE_MAX)],
  ['members up to which lists are whole', `${limits.WHOLE_LIST_MAX}, above it \`presence\``],
  ['private messages of a session that are kept', `the last ${limits.PRIVATE_MESSAGES_KEPT}`],
  [
    'a `resumed` frame',
    `${limits.HISTORY_KEPT} entries a room and ${limits.RESUME_MAX_BYTES / 1024} KiB in all`,
  ],
  ['events that are kept', `the last ${limits.EVENTS_KEPT}`],
  ['`ping` from the server', `every ${limits.PING_EVERY_MS / 1000} s`],
  ['silence of a client', `${limits.SILENCE_MAX_MS / 1000} s`],
];

function frames(side: 'client' | 'server'): string[][] {
  return of(side).map(({ payload, summary }) => [code(fieldsOf(payload)), summary]);
}

function of(side: string): Message[] {
  return Object.entries(messages).flatMap(([key, message]) => (key.startsWith(`${side}.`) ? [message] : []));
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function whole(count: number): string {
  return count.toLocaleString('en');
}
