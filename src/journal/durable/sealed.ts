import { crc32 } from 'node:zlib';
import { type Bytes, textOf } from './columns.ts';
import { StorageFault } from './fault.ts';

/** JSON with a checksum, which also covers the key that it is stored under: SQLite has none of its own. */
export interface Sealed {
  body: string;
  crc: number;
}

/** The same as it is read. */
export interface SealedRow {
  body: Bytes;
  crc: number;
}

export function seal(key: string | number, value: unknown): Sealed {
  const body = JSON.stringify(value);
  return { body, crc: crc32(`${key} ${body}`) };
}

/**
 * @param what names it to whoever has to do with the damage
 * @throws StorageFault when it is not what was sealed
 */
export function unseal<T>(key: string | number, { body: bytes, crc }: SealedRow, what: string): T {
  const body = textOf(bytes);
  if (crc32(`${key} ${body}`) !== crc) throw new StorageFault(`${what} is damaged`);
  return JSON.parse(body) as T;
}

/** Of a row whose columns hold no JSON. */
export function checksumOf(...columns: readonly (string | number | null)[]): number {
  return crc32(JSON.stringify(columns));
}

/** Rows by what they belong to, in their order. */
export function grouped<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
