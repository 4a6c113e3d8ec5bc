import type { Model } from './model.ts';
import { roomModel } from './room.model.ts';
import { roomSteps, standingRoomSteps } from './room.steps.ts';
import { sessionModel } from './session.model.ts';
import { sessionSteps } from './session.steps.ts';
import { standingRoomModel } from './standing-room.model.ts';
import { subscriptionModel } from './subscription.model.ts';
import { subscriptionSteps } from './subscription.steps.ts';

interface Listed {
  model: Model;
  steps: { executors: object; assertions: object };
}

/** Every model, with the steps by which it is held against the server. A new one goes here too. */
export const all: readonly Listed[] = [
  { model: roomModel, steps: roomSteps },
  { model: standingRoomModel, steps: standingRoomSteps },
  { model: sessionModel, steps: sessionSteps },
  { model: subscriptionModel, steps: subscriptionSteps },
];
