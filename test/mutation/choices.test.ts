import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { withChoices } from '../../scripts/mutation/choices.ts';

const EXAMPLE = `
class Tally extends Map<string, 1> {
  constructor() {
    super();
    this.set('made', 1);
  }
}
export function told(names: string[], { most = 12 }: { most?: number }) {
  const tally = new Tally();
  const log: string[] = []; // of what was done
  const say = (what: string, who: string) => {
    log.push(who);
    return what + who;
  };
  switch (names.length) {
    case 2:
      say('two', 'of them');
      tally.set('two', 0);
  }
  const { length } = names;
  const first = names[0] as string;
  return { length, first, said: say(first,
    length.toString()), most, log, tally: [...tally], lines: \`\${say(first, 'x')}\` };
}
`;

describe('the choices that are written into the code', () => {
  it('leave out a statement, but not all of a block, and not what a class begins with', () => {
    expect(withChoices('{ a(); b(); }')).toBe('{ if (true) a(); if (true) b(); }');
    expect(withChoices('{ a(); }')).toBe('{ a(); }');
    expect(withChoices('switch (x) { case y: a(); break; }')).toBe(
      'switch (x) { case y: if (true) a(); break; }',
    );
    expect(withChoices('class A extends B { constructor() { super(); this.a(); } }')).toBe(
      'class A extends B { constructor() { super(); if (true) this.a(); } }',
    );
  });

  it('take another number, not another key or type', () => {
    expect(withChoices('const a: 1 | 2 = 1;')).toBe('const a: 1 | 2 = (true ? 1 : 2);');
    expect(withChoices('const a = 1_000;')).toBe('const a = (true ? 1_000 : 1500);');
    expect(withChoices('const { 1: a } = b;')).toBe('const { 1: a } = b;');
  });

  it('leave out a field of what is made, not of what is taken apart', () => {
    expect(withChoices('f({ a, b: c })')).toBe('f({ ...(true ? { a } : {}), ...(true ? { b: c } : {}) })');
    expect(withChoices('const { a, b } = c;')).toBe('const { a, b } = c;');
  });

  it('let two names change places, and keep the lines', () => {
    expect(withChoices('f(a, b.c, d)')).toBe('f(...(true ? [a, b.c] : [b.c, a]), d)');
    expect(withChoices('f(\n  a,\n  b,\n)')).toBe('f(\n  ...(true ? [a, b] : [b, a])\n,\n)');
    expect(withChoices("f(a, 'b', g())")).toBe("f(a, 'b', g())");
  });

  it('change nothing as long as they are true, and each of them something', () => {
    const rewritten = withChoices(EXAMPLE);
    expect(run(rewritten)).toEqual(run(EXAMPLE));
    const choices = rewritten.split('true').length - 1;
    const results = Array.from({ length: choices }, (_, i) => run(withFalse(rewritten, i)));
    for (const result of results) expect(result).not.toEqual(run(EXAMPLE));
    expect(choices).toBeGreaterThan(10);
  });

  it('leave every line of the server where it is', () => {
    const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.ts'),
    );
    for (const path of paths) {
      const code = readFileSync(join('src', path), 'utf8');
      const rewritten = withChoices(code);
      expect(() => transformSync(rewritten, { loader: 'ts' })).not.toThrow();
      expect(rewritten.split('\n').length, path).toBe(code.split('\n').length);
    }
    expect(paths.length).toBeGreaterThan(100);
  });
});

/** The code with the choice of this number the other way round. */
function withFalse(code: string, choice: number): string {
  let at = -1;
  return code.replaceAll('true', (text) => (++at === choice ? 'false' : text));
}

/** What the example comes to, or its error. */
function run(code: string): unknown {
  const { code: plain } = transformSync(code, { loader: 'ts', format: 'cjs' });
  const module = { exports: {} as { told?: (names: string[], settings: object) => unknown } };
  try {
    new Function('module', plain)(module);
    return JSON.stringify([
      module.exports.told?.(['Ann', 'Bo'], {}),
      module.exports.told?.(['Cy'], { most: 1 }),
    ]);
  } catch (error) {
    return String(error);
  }
}
