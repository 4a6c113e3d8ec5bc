/** A mistake that a developer could make: one small change, planted on purpose. */
export interface Fault {
  /** What goes wrong, in a few words. */
  what: string;
  file: string;
  /** Occurs once in the file. */
  find: string;
  put: string;
}

/** The faults that one test must catch, and which test that is. */
export interface Planted {
  test: string;
  /** Of the test, or of the group of tests, as it is written there. */
  name: string;
  faults: readonly Fault[];
}

/**
 * The text of a file with the fault in it.
 * @throws Error when what is to be replaced is not there, or more than once
 */
export function plant(text: string, { file, find, put }: Fault): string {
  const parts = text.split(find);
  if (parts.length !== 2) throw new Error(`occurs ${parts.length - 1} times in ${file}: ${find}`);
  return parts.join(put);
}
