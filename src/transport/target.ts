export interface Target {
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
}

/** The usual target, in which a URL would find nothing to write in another way. */
const PLAIN = /^(\/[\w/]*)(?:\?([!-"$-~]*))?$/;

/** Where a request leads, if that is a path: a request target may also be a whole URL, or nonsense. */
export function parseTarget(target = ''): Target | undefined {
  const plain = PLAIN.exec(target);
  // With a question mark of its own, since one at its beginning would not be taken for part of the query.
  if (plain) return { pathname: plain[1] as string, searchParams: new URLSearchParams(`?${plain[2] ?? ''}`) };
  const isPath = target.startsWith('/') && URL.canParse(`http://localhost${target}`);
  return isPath ? new URL(`http://localhost${target}`) : undefined;
}

/** The path alone, for whoever only passes the request on. */
export function pathOf(target = ''): string | undefined {
  return PLAIN.exec(target)?.[1] ?? parseTarget(target)?.pathname;
}
