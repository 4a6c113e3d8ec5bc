/** Where a request leads, if that is a path: a request target may also be a whole URL, or nonsense. */
export function parseTarget(target = ''): URL | undefined {
  const isPath = target.startsWith('/') && URL.canParse(`http://localhost${target}`);
  return isPath ? new URL(`http://localhost${target}`) : undefined;
}
