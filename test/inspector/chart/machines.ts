import { and, createMachine, not } from 'xstate';

/** Everything that a chart can show, in one machine. */
export const orderMachine = createMachine({
  id: 'order',
  initial: 'cart',
  on: { RESET: '.cart', LOG: { actions: 'log' } },
  states: {
    cart: {
      entry: ['loadCart', { type: 'greet' }],
      on: {
        ADD: { actions: 'addItem', description: 'One thing more.' },
        CHECKOUT: [
          { guard: 'isEmpty', actions: 'warn' },
          { guard: 'isValid', target: 'checkout' },
          { target: '#lost' },
        ],
        AGAIN: { target: 'cart', reenter: true },
        '*': { actions: 'wonder' },
      },
    },
    checkout: {
      initial: 'address',
      onDone: 'shipping',
      on: { BACK: 'cart', 'order.*': { target: '#order.aborted' }, DEEP: 'shipping.parcel.sent' },
      states: {
        address: { on: { NEXT: 'payment' } },
        payment: {
          invoke: [
            { src: 'watchStock', onSnapshot: { actions: 'note' } },
            {
              src: 'chargeCard',
              id: 'charge',
              onDone: { target: 'paid', actions: 'keep' },
              onError: 'address',
            },
          ],
          after: {
            30000: 'address',
            patience: [{ guard: 'isTired', target: '#order.aborted' }, { actions: 'sigh' }],
          },
          on: { PAUSE: 'memory' },
        },
        memory: { type: 'history', history: 'deep', target: 'address' },
        paid: { type: 'final' },
      },
    },
    shipping: {
      type: 'parallel',
      onDone: { target: 'done', actions: 'thank' },
      exit: 'closeUp',
      on: { BOTH: { target: ['.parcel.sent', '.mail.sent'] } },
      states: {
        parcel: {
          initial: 'packing',
          states: { packing: { after: { packing: 'sent' } }, sent: { type: 'final' } },
        },
        mail: {
          initial: 'writing',
          states: { writing: { on: { DONE: 'sent', UP: '#order.shipping' } }, sent: { type: 'final' } },
        },
      },
    },
    'a.b': { on: { GO: 'done' } },
    done: { type: 'final' },
    aborted: { type: 'final', entry: 'refund' },
    lost: {
      id: 'lost',
      always: { guard: and(['isHopeless', not('isFound')]), target: 'aborted' },
      on: { RETRY: 'cart', ESCAPED: 'a\\.b' },
      initial: 'here',
      states: { here: { on: { ON: 'there' } }, there: {} },
    },
  },
});
