import type { Journal } from '../../src/journal/journal.ts';
import { createMemoryJournal } from '../../src/journal/memory.ts';

/** A journal that takes its time: what is appended while it is held is committed, in order, on release. */
export function heldJournal(): {
  journal: Journal;
  hold: () => void;
  release: () => void;
  releaseOne: () => void;
} {
  const memory = createMemoryJournal(Date.now);
  let held: Parameters<Journal['append']>[] | undefined;
  const journal: Journal = {
    ...memory,
    append: (...args) => {
      if (held) held.push(args);
      else memory.append(...args);
    },
  };
  return {
    journal,
    hold: () => {
      held = [];
    },
    releaseOne: () => {
      const args = held?.shift();
      if (args) memory.append(...args);
    },
    release: () => {
      const waiting = held ?? [];
      held = undefined;
      for (const args of waiting) memory.append(...args);
    },
  };
}
