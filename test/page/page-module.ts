/**
 * A module of the page, without a browser. The page's modules are checked apart from the server's, and by a compiler
 * that knows a browser: so the test says which part of it is used here.
 * @param path within `public/`
 */
export async function pageModule<T>(path: string): Promise<T> {
  return import(new URL(`../../public/${path}`, import.meta.url).href);
}
