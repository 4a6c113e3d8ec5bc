// @ts-check

/** A string that no other page mints; `randomUUID` is only there in secure contexts. */
export function mintRef() {
  return crypto.getRandomValues(new Uint32Array(3)).join('-');
}
