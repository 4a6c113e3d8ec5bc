import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCodes, mistake, refused } from '../../src/protocol/errors.ts';
import { serverFrames } from '../../src/protocol/server-frames.ts';
import { anyText } from './any-text.ts';

describe.each(errorCodes)('the error %s', (code) => {
  it('has words that make a frame, whatever they are about', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          anyText.map((text) => text.repeat(50)),
        ),
        (subject) => {
          const { message } = mistake(code, subject);
          expect(serverFrames.error.safeParse({ type: 'error', code, message }).success).toBe(true);
          expect(message.length).toBeGreaterThan(0);
          expect(message.length).toBeLessThan(300);
        },
      ),
    );
  });
});

it.each([
  ['bad_json', 'That frame is not JSON'],
  ['bad_frame', 'Bad frame: x'],
  ['unknown_type', 'Unknown type: x'],
  ['bad_name', 'Bad room name: x'],
  ['name_taken', 'Name is taken: x'],
  ['not_in_room', 'You are not in room: x'],
  ['already_in_room', 'You are already in room: x'],
  ['cannot_leave', 'You cannot leave room: x'],
  ['room_not_found', 'Room not found: x'],
  ['user_not_found', 'User not found: x'],
  ['too_long', 'Text is too long: at most x characters'],
  ['empty', 'x is empty'],
  ['bad_text', 'Text has x'],
  ['unknown_command', 'Unknown command: x (try /help)'],
  ['bad_usage', 'Usage: x'],
  ['rate_limited', 'Too many frames: try again in x s'],
  ['too_many_rooms', 'You are in too many rooms: at most x'],
  ['room_limit', 'The server has too many rooms: at most x'],
  ['pm_undelivered', 'x left before your private message could be delivered'],
  ['storage_failed', 'Could not x: try again'],
  ['internal', 'Something went wrong on the server'],
] as const)('%s says: %s', (code, message) => {
  expect(mistake(code, 'x')).toEqual({ code, message });
  expect(refused(code, 'x')).toEqual({ ok: false, mistake: { code, message } });
});

it('is about nothing when nothing is named', () => {
  expect(mistake('empty').message).toBe(' is empty');
  expect(refused('empty').mistake.message).toBe(' is empty');
});

it('names the thing that it is about', () => {
  expect(mistake('not_in_room', 'attic').message).toBe('You are not in room: attic');
  expect(refused('name_taken', 'Ann')).toEqual({
    ok: false,
    mistake: { code: 'name_taken', message: 'Name is taken: Ann' },
  });
});

it('is whole characters, whatever it is about', () => {
  const subjects = fc.oneof(
    anyText,
    anyText.map((text) => text.repeat(50)),
  );
  fc.assert(
    fc.property(subjects, (subject) => {
      expect(mistake('unknown_type', subject).message.isWellFormed()).toBe(true);
    }),
  );
});

it('cuts what is too long for display between characters', () => {
  const { message } = mistake('unknown_type', '😀'.repeat(1_000));
  expect(message).toBe(`Unknown type: ${'😀'.repeat(80)}…`);
});

it('leaves what is just short enough for display', () => {
  const { message } = mistake('unknown_type', '😀'.repeat(80));
  expect(message).toBe(`Unknown type: ${'😀'.repeat(80)}`);
});
