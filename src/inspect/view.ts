/** What is shown of values: readable, bounded, and without what is nobody's business. */
import { Asker } from '../actors/connection.ts';
import { Directory } from '../actors/directory.ts';

/** Deeper, longer and larger than these, things are cut and marked by `…`. */
const DEPTH_MAX = 8;
const ITEMS_MAX = 100;
const TEXT_MAX = 2_000;
const NODES_MAX = 2_000;

/** Keys whose values are shown to nobody, whatever they hold. */
const SECRET = new Set(['secret', 'session_id', 'digest', 'token', 'cookie', 'authorization', 'password']);

const HIDDEN = '(hidden)';

/**
 * Makes a value into one that JSON can say. Never throws, whatever it is given.
 * @param hidden more keys that are not to be shown, such as `text`
 */
export function viewOf(value: unknown, hidden: ReadonlySet<string> = NONE): unknown {
  try {
    return new Viewing(hidden).view(value, 0);
  } catch (error) {
    return `(cannot be shown: ${error instanceof Error ? error.message : 'it throws'})`;
  }
}

const NONE: ReadonlySet<string> = new Set();

class Viewing {
  readonly #hidden: ReadonlySet<string>;
  /** What is being looked into, to see circles. */
  readonly #path = new Set<object>();
  #nodes = 0;

  constructor(hidden: ReadonlySet<string>) {
    this.#hidden = hidden;
  }

  view(value: unknown, depth: number): unknown {
    if (++this.#nodes > NODES_MAX) return '…';
    switch (typeof value) {
      case 'string':
        return value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX)}… (${value.length} characters)` : value;
      case 'number':
        return Number.isFinite(value) ? value : String(value);
      case 'boolean':
      case 'undefined':
        return value;
      case 'object':
        return value === null ? null : this.#guarded(value, depth);
      case 'function':
        return `ƒ ${value.name}`;
      default:
        return String(value);
    }
  }

  #guarded(value: object, depth: number): unknown {
    if (this.#path.has(value)) return '(circle)';
    if (depth >= DEPTH_MAX) return '…';
    this.#path.add(value);
    const seen = this.#object(value, depth + 1);
    this.#path.delete(value);
    return seen;
  }

  #object(value: object, depth: number): unknown {
    if (Array.isArray(value)) return this.#list(value, value.length, depth);
    if (value instanceof Map) return this.#map(value, depth);
    if (value instanceof Set) return this.#list(value, value.size, depth);
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (value instanceof Asker) return this.view({ ref: value.ref }, depth);
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.view(value.toJSON(), depth);
    if (isActor(value)) return `→ ${value.title}`;
    return isPlain(value) ? this.#record(Object.entries(value), depth) : `‹${value.constructor.name}›`;
  }

  #list(items: Iterable<unknown>, size: number, depth: number): unknown[] {
    const shown: unknown[] = [];
    for (const item of items) {
      if (shown.length === ITEMS_MAX) {
        shown.push(`… ${size - ITEMS_MAX} more`);
        break;
      }
      shown.push(this.view(item, depth));
    }
    return shown;
  }

  /** As an object where the keys are names, else as pairs. */
  #map(map: ReadonlyMap<unknown, unknown>, depth: number): unknown {
    const areNames = [...map.keys()].every((key) => typeof key === 'string');
    return areNames
      ? this.#record(map as ReadonlyMap<string, unknown>, depth, map.size)
      : this.#list(map, map.size, depth);
  }

  #record(entries: Iterable<[string, unknown]>, depth: number, size = 0): Record<string, unknown> {
    const shown: Record<string, unknown> = {};
    let count = 0;
    for (const [key, value] of entries) {
      if (key === 'world' && isWorld(value)) continue;
      if (count++ === ITEMS_MAX) {
        shown['…'] = size > 0 ? `${size - ITEMS_MAX} more` : 'more';
        break;
      }
      const isHidden = value !== undefined && (SECRET.has(key.toLowerCase()) || this.#hidden.has(key));
      set(shown, key, isHidden ? HIDDEN : this.view(value, depth));
    }
    return shown;
  }
}

/** A room may be called `__proto__`; this makes it a key like any other. */
function set(shown: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') shown[key] = value;
  else Object.defineProperty(shown, key, { value, enumerable: true });
}

/** What every actor may use is no part of what this one is. */
function isWorld(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { directory?: unknown }).directory instanceof Directory
  );
}

function isActor(value: object): value is { title: string } {
  return 'send' in value && 'title' in value && typeof value.title === 'string';
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
