/**
 * Columns for a SELECT, so that damage is met as a wrong value: over text that is not UTF-8 libsql ends the whole
 * process, and a damaged row may have any type anywhere.
 */
export function read(columns: { bytes: readonly string[]; numbers: readonly string[] }): string {
  const bytes = columns.bytes.map((name) => `CAST(${name} AS BLOB) AS ${name}`);
  const numbers = columns.numbers.map((name) => `${name} + 0 AS ${name}`);
  return [...bytes, ...numbers].join(', ');
}

/** Text as it is read; what is not UTF-8 in it becomes something else than was written. */
export type Bytes = Uint8Array | null;

export function textOf(bytes: Bytes): string {
  return bytes === null ? '' : Buffer.from(bytes).toString('utf8');
}

export function maybeTextOf(bytes: Bytes): string | undefined {
  return bytes === null ? undefined : textOf(bytes);
}
