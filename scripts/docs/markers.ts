/**
 * Puts generated text into a page, between `<!-- name -->` and `<!-- /name -->`.
 * @param file named in the error
 * @throws Error when the page lacks the markers
 */
export function fillMarkers(file: string, page: string, name: string, text: string): string {
  const begin = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${file} lacks ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}
