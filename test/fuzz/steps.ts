import fc from 'fast-check';
import { fatalPayload, type Payload, payload, plain, userName } from './payloads.ts';

/** Where a connection that comes back says that it was: at what it has seen, somewhere before, nowhere, beyond. */
export type Cursor = 'none' | 'seen' | 'earlier' | 'beyond' | 'garbage';

/**
 * One thing that happens, after which everything is checked. Connections and users are named by numbers, taken
 * modulo how many there are, so that any part of a sequence is a sequence too.
 */
export type Step =
  /** Several clients send at once; nobody waits for an answer. */
  | { do: 'send'; frames: { by: number; send: Payload }[] }
  | { do: 'open'; name: string }
  /** Another connection of a session, or the first again of one that is away or has ended. */
  | { do: 'attach'; user: number; cursor: Cursor }
  | { do: 'close'; connection: number; how: 'close' | 'drop' }
  | { do: 'wait'; ms: number };

const by = fc.nat(7);
const sent = plain({ by, send: payload });
const burst = fc
  .tuple(
    fc.array(sent, { minLength: 1, maxLength: 40, size: 'max' }),
    fc.option(plain({ by, send: fatalPayload }), { freq: 12, nil: undefined }),
    fc.array(sent, { maxLength: 3 }),
  )
  .map(([before, fatal, after]) => ({
    do: 'send' as const,
    frames: fatal ? [...before, fatal, ...after] : before,
  }));

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 14, arbitrary: burst },
  { weight: 2, arbitrary: plain({ do: fc.constant('open' as const), name: userName }) },
  {
    weight: 3,
    arbitrary: plain({
      do: fc.constant('attach' as const),
      user: fc.nat(7),
      cursor: fc.constantFrom<Cursor>('none', 'seen', 'seen', 'earlier', 'beyond', 'garbage'),
    }),
  },
  {
    weight: 2,
    arbitrary: plain({
      do: fc.constant('close' as const),
      connection: fc.nat(7),
      how: fc.constantFrom('close' as const, 'drop' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: plain({ do: fc.constant('wait' as const), ms: fc.constantFrom(250, 5_000, 31_000) }),
  },
);

export const steps = fc.array(step, { minLength: 1, maxLength: 32, size: 'max' });
