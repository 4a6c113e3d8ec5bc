import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Config,
  ConfigError,
  defaultConfig,
  helpText,
  readConfig,
  settings,
  settingsMarkdown,
} from '../src/config.ts';

const read = (argv: string[], env: Record<string, string> = {}) => readConfig(argv, env) as Config;

describe('the settings', () => {
  it('have the defaults of the contract', () => {
    expect(read([])).toMatchObject({
      PORT: 5000,
      HOST: '127.0.0.1',
      PRESENCE_GRACE_MS: 30_000,
      RATE_BURST: 20,
      RATE_PER_SECOND: 5,
      TYPING_EXPIRY_MS: 30_000,
      MAX_TEXT: 2_000,
      MAX_CONNECTIONS_PER_ADDRESS: 0,
      CONNECTS_PER_MINUTE: 0,
      MAX_QUEUE_BYTES: 1_048_576,
      ALLOWED_ORIGINS: [],
      DATA_DIR: './data',
    });
  });

  it('keep nothing beyond the process with --memory, or when DATA_DIR says so', () => {
    expect(read(['--memory'], { DATA_DIR: './elsewhere' }).DATA_DIR).toBe(':memory:');
    expect(read([], { DATA_DIR: ':memory:' }).DATA_DIR).toBe(':memory:');
    expect(read(['--data-dir', './elsewhere']).DATA_DIR).toBe('./elsewhere');
  });

  it('come from the environment', () => {
    expect(read([], { PORT: '8080', HOST: '::1', RATE_PER_SECOND: '0.5' })).toMatchObject({
      PORT: 8080,
      HOST: '::1',
      RATE_PER_SECOND: 0.5,
    });
  });

  it('come from a flag before the environment, whichever way it is written', () => {
    expect(read(['--port', '9'], { PORT: '8' }).PORT).toBe(9);
    expect(read(['--port=9'], { PORT: '8' }).PORT).toBe(9);
    expect(read(['--presence-grace-ms', '0']).PRESENCE_GRACE_MS).toBe(0);
  });

  it('do not mind a wrong variable that a flag overrides, nor an empty one', () => {
    expect(read(['--port', '9'], { PORT: 'x' }).PORT).toBe(9);
    expect(read([], { PORT: '' }).PORT).toBe(5000);
  });

  it('take origins as browsers write them', () => {
    const { ALLOWED_ORIGINS } = read([], { ALLOWED_ORIGINS: 'https://Chat.example/, http://localhost:3000' });
    expect(ALLOWED_ORIGINS).toEqual(['https://chat.example', 'http://localhost:3000']);
    expect(read([], { ALLOWED_ORIGINS: '*' }).ALLOWED_ORIGINS).toEqual(['*']);
  });

  it('that stand alone are turned on by their flag, and on and off by many a word', () => {
    expect(read([]).INSPECT).toBe(false);
    expect(read(['--inspect'], { INSPECT: '0' }).INSPECT).toBe(true);
    for (const word of ['1', 'true', 'on']) expect(read([], { INSPECT: word }).INSPECT).toBe(true);
    for (const word of ['0', 'false', 'off', '']) expect(read([], { INSPECT: word }).INSPECT).toBe(false);
    expect(() => read([], { INSPECT: 'yes' })).toThrow('INSPECT must be 1 or 0');
  });

  it.each<[string, number, number]>([
    ['PORT', 0, 65_535],
    ['PRESENCE_GRACE_MS', 0, 86_400_000],
    ['RATE_BURST', 1, 1_000_000],
    ['TYPING_EXPIRY_MS', 1, 86_400_000],
    ['MAX_TEXT', 1, 10_000],
    ['MAX_CONNECTIONS', 1, 1_000_000],
    ['MAX_CONNECTIONS_PER_ADDRESS', 0, 1_000_000],
    ['CONNECTS_PER_MINUTE', 0, 1_000_000],
    ['MAX_SESSIONS', 1, 1_000_000],
    ['MAX_ROOMS', 3, 1_000_000],
    ['MAX_ROOMS_PER_USER', 1, 10_000],
    ['MAX_QUEUE_BYTES', 65_536, 1_073_741_824],
    ['TRUST_PROXY', 0, 10],
    ['RETENTION_ENTRIES', 0, 1_000_000_000],
  ])('take %s from %i to %i', (name, least, greatest) => {
    for (const value of [least, greatest]) {
      expect(read([], { [name]: String(value) })).toMatchObject({ [name]: value });
    }
    for (const value of [least - 1, greatest + 1]) {
      expect(() => read([], { [name]: String(value) })).toThrow(
        `${name} must be a whole number from ${least} to ${greatest}`,
      );
    }
  });

  it('take a token of as many characters as there may be', () => {
    const token = `!~${'x'.repeat(198)}`;
    expect(read([], { INSPECT_TOKEN: token }).INSPECT_TOKEN).toBe(token);
  });

  it('take a rate of 0 for none', () => {
    expect(read([], { RATE_PER_SECOND: '0' }).RATE_PER_SECOND).toBe(0);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', ' 80'],
    ['PORT', '0x50'],
    ['PRESENCE_GRACE_MS', '30s'],
    ['RATE_BURST', '0'],
    ['RATE_PER_SECOND', 'NaN'],
    ['TYPING_EXPIRY_MS', '0'],
    ['MAX_TEXT', '10001'],
    ['MAX_QUEUE_BYTES', '1'],
    ['ALLOWED_ORIGINS', 'chat.example'],
    ['ALLOWED_ORIGINS', 'https://chat.example/path'],
    ['TRUST_PROXY', 'yes'],
    ['LOG_LEVEL', 'INFO'],
    ['INSPECT_TOKEN', 'open sesame'],
    ['INSPECT_TOKEN', 'x'.repeat(201)],
    ['INSPECT_TOKEN', 'ōpen-sesame'],
  ])('refuse %s=%s in one line that names it', (name, value) => {
    const flag = `--${name.toLowerCase().replaceAll('_', '-')}=${value}`;
    for (const attempt of [() => read([], { [name]: value }), () => read([flag])]) {
      expect(attempt).toThrow(ConfigError);
      expect(attempt).toThrow(new RegExp(`^${name} [^\\n]+$`));
    }
  });

  it('say what they must be and what they are, at most the beginning, and never a secret', () => {
    expect(() => read([], { ALLOWED_ORIGINS: 'chat.example' })).toThrow(
      /^ALLOWED_ORIGINS must be origins such as https:\/\/chat\.example, parted by commas, or \* \(it is "chat\.example"\)$/,
    );
    const long = 'x'.repeat(81);
    expect(() => read([], { PORT: long })).toThrow(`(it is "${long.slice(1)}")`);
    expect(() => read([], { INSPECT_TOKEN: 'open sesame' })).toThrow(
      /^INSPECT_TOKEN must be up to 200 characters of ASCII without spaces$/,
    );
  });

  it('name an argument that is not known, without more', () => {
    expect(() => read(['--prot'])).toThrow(/^Unknown option '--prot'$/);
  });

  it.each([['--prot'], ['5001'], ['--port']])('refuse the argument %s in one line', (argument) => {
    expect(() => read([argument])).toThrow(ConfigError);
    expect(() => read([argument])).toThrow(/^[^\n]+$/);
  });

  it('can be changed one by one for an embedded server', () => {
    expect(defaultConfig({ PORT: 0 })).toEqual({ ...read([]), PORT: 0, DATA_DIR: ':memory:' });
  });
});

describe('the table', () => {
  it('is what --help prints: every setting with its flag, default and meaning', () => {
    expect(readConfig(['--help'], {})).toBe('help');
    expect(readConfig(['-h'], {})).toBe('help');
    for (const [name, { fallback, help }] of Object.entries(settings)) {
      const line = helpText()
        .split('\n')
        .find((each) => each.includes(` ${name} `));
      expect(line).toContain(`--${name.toLowerCase().replaceAll('_', '-')} `);
      expect(line).toContain(help);
      expect(line).toContain(fallback);
    }
  });

  it('stands in columns as wide as the longest in them', () => {
    const longest = Math.max(...Object.keys(settings).map(({ length }) => length));
    const rows = helpText().split('\n').slice(2, -2);
    const columns = rows.map((row) =>
      [...row.matchAll(/(?<= {2})\S/g)].slice(0, 3).map(({ index }) => index),
    );
    const wanted = [2, 2 + '--'.length + longest + 2, 2 + '--'.length + longest + 2 + longest + 2];
    expect(columns).toEqual(rows.map(() => wanted));
  });

  it('is the one in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const table = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(readme)?.[1];
    expect(table).toBe(settingsMarkdown());
  });
});
