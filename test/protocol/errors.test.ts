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
