import type { Planted } from '../fault.ts';
import { found } from './further.ts';
import { forReaders } from './readers.ts';
import { inRooms } from './rooms.ts';
import { ofSessions } from './sessions.ts';

/** Every fault that is planted, by the test that must catch it. */
export const planted: readonly Planted[] = [...inRooms, ...ofSessions, ...forReaders, ...found];
