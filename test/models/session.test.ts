import { describe, it } from 'vitest';
import { pathsToWalk } from './paths-to-walk.ts';
import { sessionModel } from './session.model.ts';
import { sessionSteps } from './session.steps.ts';
import { SessionWorld } from './session-world.ts';
import { PATIENCE, walk } from './walk.ts';

describe('the life of a session', () => {
  it.each(pathsToWalk(sessionModel))('%s', { timeout: PATIENCE }, async (_title, path) => {
    await walk(path, await SessionWorld.create(), sessionSteps);
  });
});
