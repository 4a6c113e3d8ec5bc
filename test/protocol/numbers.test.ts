/**
 * The contract's numbers, as it writes them. Other tests take them from the code, so that they need not be changed with
 * them, and would follow a slip of the pen.
 */
import { expect, it } from 'vitest';
import { closeCodes } from '../../src/protocol/close-codes.ts';
import * as limits from '../../src/protocol/limits.ts';

it('has the limits that the contract names', () => {
  expect({ ...limits }).toEqual({
    NAME_MIN: 2,
    USER_NAME_MAX: 20,
    ROOM_NAME_MAX: 30,
    TEXT_MAX: 2000,
    REF_MAX: 64,
    FRAME_MAX_BYTES: 65_536,
    HISTORY_KEPT: 100,
    HISTORY_ON_JOIN: 50,
    ROOMS_PAGE_MAX: 1000,
    USERS_PAGE_MAX: 1000,
    PRIVATE_MESSAGES_KEPT: 100,
    EVENTS_KEPT: 50,
    WHOLE_LIST_MAX: 100,
    RESUME_MAX_BYTES: 524_288,
    PRESENCE_GATHER_MS: 250,
    PRESENCE_GATHER_MS_PER_MEMBER: 0.2,
    EVENTS_GATHER_MS: 250,
    ROOM_UPDATED_EVERY_MS: 1000,
    STATS_EVERY_MS: 10_000,
    SSE_COMMENT_EVERY_MS: 15_000,
    PING_EVERY_MS: 25_000,
    SILENCE_MAX_MS: 60_000,
    REF_REMEMBERED_MS: 300_000,
    STANDING_ROOMS: ['general', 'random', 'help'],
    LOBBY: 'general',
    SYSTEM_NAME: 'system',
  });
});

it('closes with the codes that the contract names, and says with each whether to come back', () => {
  const said = Object.values(closeCodes).map(({ code, reconnect }) => [code, reconnect]);
  expect(said).toEqual([
    [1000, 'no'],
    [1001, 'with jitter'],
    [1008, 'no'],
    [1009, 'with jitter'],
    [1011, 'resume'],
    [1013, 'later'],
    [4001, 'resume'],
    [4002, 'resume'],
    [4003, 'no'],
  ]);
});
