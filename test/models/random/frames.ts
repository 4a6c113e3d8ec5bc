import fc from 'fast-check';
import type { ServerFrame, ServerFrameOf } from '../../../src/protocol/server-frames.ts';
import { TEXT_MAX } from './contract.ts';
import { type Citizen, type Expected, fold } from './expected.ts';
import type { Line } from './line.ts';

/** A frame that a client sends, and what must come of it when everything before it has been done. */
export interface Send {
  readonly frame: { type: string } & Record<string, unknown>;
  /** The type of the answer, or the code of the error. */
  readonly answer: string;
  /** Does in the model what the frame does in the town. */
  readonly effect?: (answer: ServerFrame) => void;
}

/** Who sends, and where everything stands. */
export interface Setting {
  readonly expected: Expected;
  readonly line: Line;
  readonly citizen: Citizen;
  readonly now: number;
}

/** A kind of frame: given where everything stands, the frame and what comes of it. */
export type Kind<P> = (setting: Setting, payload: P) => Send;

/** How a room may be written, and its name; undefined for what is no name. */
const ROOMS: Readonly<Record<string, string | undefined>> = {
  general: 'general',
  random: 'random',
  attic: 'attic',
  ＡＴＴＩＣ: 'attic',
  cellar: 'cellar',
  комната: 'комната',
  '!': undefined,
};
const TEXTS = [
  'hello',
  ' spaced ',
  '//slashed',
  'привет 👋',
  '',
  '   ',
  'x'.repeat(TEXT_MAX + 1),
  'bell \u0007',
];
const NAMES = ['Ann', 'ANN', 'Bob', 'Zoë', '小明', 'system', 'Cid'];

export const room = fc.constantFrom(...Object.keys(ROOMS));
export const text = fc.constantFrom(...TEXTS);
export const name = fc.constantFrom(...NAMES);

/** What makes a text unfit to be stored. */
function faultOf(raw: string): string | undefined {
  if (raw.includes('\u0007')) return 'bad_text';
  if (raw.trim() === '') return 'empty';
  return [...raw.trim()].length > TEXT_MAX ? 'too_long' : undefined;
}

export const say: Kind<{ room: string; text: string }> = ({ citizen }, payload) => {
  const frame = { type: 'message', room: payload.room, text: payload.text };
  const where = ROOMS[payload.room];
  const fault = faultOf(payload.text);
  if (where === undefined || fault !== undefined)
    return { frame, answer: where === undefined ? 'bad_name' : (fault as string) };
  if (!citizen.rooms.has(where)) return { frame, answer: 'not_in_room' };
  return { frame, answer: 'ack', effect: () => void citizen.typing.delete(where) };
};

export const act: Kind<{ room: string }> = (setting, payload) => {
  const { frame, ...rest } = say(setting, { room: payload.room, text: 'waves' });
  return { frame: { ...frame, text: '/me waves' }, ...rest };
};

export const join: Kind<{ room: string; slash: boolean }> = ({ expected, citizen }, payload) => {
  const where = ROOMS[payload.room];
  const frame = slashed(payload.slash, { type: 'join', room: payload.room }, `/join ${payload.room}`);
  if (where === undefined) return { frame, answer: 'bad_name' };
  if (citizen.rooms.has(where)) return { frame, answer: 'already_in_room' };
  return { frame, answer: 'joined', effect: () => expected.enter(citizen, where) };
};

export const leave: Kind<{ room: string; slash: boolean }> = ({ expected, citizen }, payload) => {
  const where = ROOMS[payload.room];
  const frame = slashed(payload.slash, { type: 'leave', room: payload.room }, `/leave ${payload.room}`);
  if (where === undefined) return { frame, answer: 'bad_name' };
  if (where === 'general') return { frame, answer: 'cannot_leave' };
  if (!citizen.rooms.has(where)) return { frame, answer: 'not_in_room' };
  return { frame, answer: 'left', effect: () => expected.leave(citizen, where) };
};

export const whisper: Kind<{ to: string; text: string; slash: boolean }> = (
  { expected, citizen },
  payload,
) => {
  const { to, text: raw } = payload;
  const fault = faultOf(raw);
  const isSlashed = payload.slash && fault === undefined;
  const frame = slashed(isSlashed, { type: 'pm', to, text: raw }, `/pm ${to} ${raw}`);
  if (fault !== undefined) return { frame, answer: fault };
  const receiver = expected.bearer(to);
  if (!receiver) return { frame, answer: 'user_not_found' };
  return {
    frame,
    answer: 'ack',
    effect: (ack) => expected.whisper(citizen, receiver, ack as ServerFrameOf<'ack'> & { ref: string }),
  };
};

export const rename: Kind<{ name: string; slash: boolean }> = ({ expected, citizen }, payload) => {
  const frame = slashed(payload.slash, { type: 'set_nick', name: payload.name }, `/nick ${payload.name}`);
  const bearer = expected.bearer(payload.name);
  const isFree = bearer === undefined || bearer === citizen;
  if (!isFree || fold(payload.name) === 'system') return { frame, answer: 'name_taken' };
  return {
    frame,
    answer: 'nick_changed',
    effect: () => {
      citizen.name = payload.name;
    },
  };
};

export const ask: Kind<{ what: 'rooms' | 'users' | 'history' | 'help'; room: string; slash: boolean }> = (
  { expected },
  payload,
) => {
  const where = ROOMS[payload.room];
  const { what } = payload;
  if (what === 'help') return { frame: slashed(true, { type: '' }, '/HELP'), answer: 'system' };
  if (what === 'rooms')
    return { frame: slashed(payload.slash, { type: 'get_rooms' }, '/rooms'), answer: 'room_list' };
  const frame = { type: `get_${what}`, room: payload.room };
  if (where === undefined) return { frame, answer: 'bad_name' };
  if (!expected.rooms.has(where)) return { frame, answer: 'room_not_found' };
  return { frame, answer: what === 'users' ? 'user_list' : 'history' };
};

export const nonsense: Kind<{ which: number }> = (_, { which }) => {
  const all = [
    { frame: { type: 'bogus' }, answer: 'unknown_type' },
    { frame: { type: 'join' }, answer: 'bad_frame' },
    { frame: { type: 'message', room: 'general', text: 7 }, answer: 'bad_frame' },
    { frame: { type: 'message', room: 'general', text: '/juggle' }, answer: 'unknown_command' },
    { frame: { type: 'message', room: 'general', text: '/join' }, answer: 'bad_usage' },
  ];
  return all[which % all.length] as Send;
};

/** The frame, or the command that stands for it, given in the lobby, where everybody is. */
function slashed(isSlashed: boolean, frame: Send['frame'], command: string): Send['frame'] {
  return isSlashed ? { type: 'message', room: 'general', text: command } : frame;
}
