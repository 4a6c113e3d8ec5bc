// @ts-check
/** @import { RoomSummary } from '../../src/protocol/entities.ts' */

const ROOMS_PAGE = 1_000;

/**
 * Asks for all rooms of the server.
 * @returns {Promise<Map<string, number> | undefined>} how many are in each; undefined when the server does not say
 */
export async function loadDirectory() {
  /** @type {Map<string, number>} */
  const directory = new Map();
  try {
    for (let after = ''; ; ) {
      const url = new URL('api/rooms', document.baseURI);
      if (after) url.searchParams.set('after', after);
      const answer = await fetch(url);
      if (!answer.ok) return undefined;
      /** @type {RoomSummary[]} */
      const page = await answer.json();
      for (const { name, users } of page) directory.set(name, users);
      if (page.length < ROOMS_PAGE) return directory;
      after = page.at(-1)?.name ?? '';
    }
  } catch {
    return undefined; // It went away meanwhile; the stream opens again and asks anew.
  }
}
