import { describe, it } from 'vitest';
import { pathsToWalk } from './paths-to-walk.ts';
import { subscriptionModel } from './subscription.model.ts';
import { subscriptionSteps } from './subscription.steps.ts';
import { SubscriptionWorld } from './subscription-world.ts';
import { PATIENCE, walk } from './walk.ts';

describe('the life of a subscription', () => {
  it.each(pathsToWalk(subscriptionModel))('%s', { timeout: PATIENCE }, async (_title, path) => {
    await walk(path, await SubscriptionWorld.create(), subscriptionSteps);
  });
});
