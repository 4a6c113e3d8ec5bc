import { describe, expect, it } from 'vitest';
import { and, not, setup } from 'xstate';
import { drawMachine } from '../../scripts/docs/mermaid.ts';

describe('drawMachine', () => {
  it('draws states, guards, delays and the end', () => {
    const machine = setup({
      guards: { isPaid: () => true, isOpen: () => true },
      delays: { patience: 100 },
    }).createMachine({
      id: 'shop',
      initial: 'waiting',
      states: {
        waiting: {
          on: {
            'order.place': [{ guard: 'isPaid', target: 'serving' }, { target: 'closed' }],
            'order.praise': { target: 'serving', guard: and(['isPaid', not('isOpen')]) },
            'order.look': [
              { guard: 'isPaid', actions: () => {} },
              { guard: 'isOpen', actions: () => {} },
              { actions: () => {} },
            ],
          },
          after: { patience: 'closed', 5000: { target: 'closed', guard: 'isOpen' } },
        },
        serving: { always: 'closed' },
        closed: { type: 'final' },
      },
    });
    expect(drawMachine(machine)).toBe(`stateDiagram-v2
  [*] --> shop_waiting
  state "waiting" as shop_waiting
  shop_waiting : order.look [isPaid / isOpen / else]
  shop_waiting --> shop_serving : order.place [isPaid]<br/>order.praise [isPaid and not isOpen]
  shop_waiting --> shop_closed : order.place [else]<br/>after 5000 ms [isOpen]<br/>after patience
  state "serving" as shop_serving
  shop_serving --> shop_closed : always
  state "closed" as shop_closed
  shop_closed --> [*]
`);
  });

  it('draws states in states, side by side, and what holds in any of them', () => {
    const machine = setup({}).createMachine({
      id: 'door',
      initial: 'shut',
      on: { 'bell.ring': { actions: () => {} }, 'wind.blow': '.shut' },
      states: {
        shut: { on: { push: 'ajar' } },
        ajar: {
          type: 'parallel',
          onDone: 'shut',
          on: { slam: 'shut', rattle: { actions: () => {} } },
          states: {
            hinge: { initial: 'dry', states: { dry: { on: { oil: 'oiled' } }, oiled: { type: 'final' } } },
            lock: { type: 'final' },
          },
        },
      },
    });
    expect(drawMachine(machine)).toBe(`stateDiagram-v2
  [*] --> door_shut
  state "shut" as door_shut
  door_shut --> door_ajar : push
  state "ajar" as door_ajar
  state door_ajar {
    state "hinge" as door_ajar_hinge
    state door_ajar_hinge {
      [*] --> door_ajar_hinge_dry
      state "dry" as door_ajar_hinge_dry
      door_ajar_hinge_dry --> door_ajar_hinge_oiled : oil
      state "oiled" as door_ajar_hinge_oiled
      door_ajar_hinge_oiled --> [*]
    }
    --
    state "lock" as door_ajar_lock
    --
    state "in any state" as door_ajar_any
    door_ajar_any : rattle
  }
  door_ajar --> door_shut : slam<br/>done
  state "in any state" as door_any
  door_any : bell.ring
  door_any --> door_shut : wind.blow
`);
  });
});
