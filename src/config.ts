import { parseArgs } from 'node:util';
import { z } from 'zod';
import { TEXT_MAX } from './protocol/limits.ts';

/** A `DATA_DIR` that is none. */
export const IN_MEMORY = ':memory:';

/** One row a setting: `--help`, the README's table and the parser are all made from these rows. */
interface Setting<S extends z.ZodType> {
  schema: S;
  fallback: string;
  help: string;
  /** Its flag stands alone: `--inspect`. */
  isSwitch?: boolean;
  /** No error shows it: errors end up in logs. */
  isSecret?: boolean;
}

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min, `must be a whole number from ${min} to ${max}`)
        .max(max, `must be a whole number from ${min} to ${max}`),
    );
const milliseconds = (min: number) => whole(min, 86_400_000);
const decimal = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,6})?$/, 'must be a number from 0 on')
  .transform(Number);
const list = z.string().transform((raw) =>
  raw
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== ''),
);
const origins = list
  .pipe(
    z.array(
      z.string().refine((each) => each === '*' || originOf(each) === each.toLowerCase().replace(/\/$/, ''), {
        message: 'must be origins such as https://chat.example, parted by commas, or *',
      }),
    ),
  )
  .transform((all) => all.map((each) => originOf(each) ?? each));

const onOff = z
  .enum(['1', 'true', 'on', '0', 'false', 'off'], { error: 'must be 1 or 0' })
  .transform((raw) => ['1', 'true', 'on'].includes(raw));

export const settings = {
  PORT: setting(whole(0, 65_535), '5000', 'Port to listen on; 0 takes a free one'),
  HOST: setting(z.string().min(1, 'must name an address'), '127.0.0.1', 'Address to listen on'),
  PRESENCE_GRACE_MS: setting(milliseconds(0), '30000', 'How long a user without a connection stays a member'),
  RATE_BURST: setting(whole(1, 1_000_000), '20', 'Frames that a session may send at once'),
  RATE_PER_SECOND: setting(decimal, '5', 'Frames a second that a session may send in the long run; 0 = off'),
  TYPING_EXPIRY_MS: setting(milliseconds(1), '30000', 'How long "is typing" is shown without renewal'),
  MAX_TEXT: setting(whole(1, 10_000), String(TEXT_MAX), 'Characters of one message'),
  MAX_CONNECTIONS: setting(whole(1, 1_000_000), '20000', 'WebSocket connections at once'),
  MAX_CONNECTIONS_PER_ADDRESS: setting(
    whole(0, 1_000_000),
    '0',
    'WebSocket connections of one address at once; 0 = off',
  ),
  CONNECTS_PER_MINUTE: setting(
    whole(0, 1_000_000),
    '0',
    'New WebSocket connections of one address in a minute; 0 = off',
  ),
  MAX_SESSIONS: setting(whole(1, 1_000_000), '50000', 'Sessions at once, those away among them'),
  MAX_ROOMS: setting(whole(3, 1_000_000), '10000', 'Rooms at once, the three standing ones among them'),
  MAX_ROOMS_PER_USER: setting(whole(1, 10_000), '100', 'Rooms that one user may be in at once'),
  MAX_QUEUE_BYTES: setting(
    whole(65_536, 1_073_741_824),
    '1048576',
    'Bytes waiting for a slow reader before it is closed with 4001',
  ),
  ALLOWED_ORIGINS: setting(
    origins,
    '',
    'Origins besides our own whose pages may connect, parted by commas; * = any',
  ),
  TRUST_PROXY: setting(
    whole(0, 10),
    '0',
    'Reverse proxies in front whose X-Forwarded-For, -Host are believed',
  ),
  INSPECT: toggle('Let the XState inspector at /inspector watch the actors, from this machine'),
  INSPECT_TOKEN: secret(
    z.string().regex(/^[\x21-\x7e]{0,200}$/, 'must be up to 200 characters of ASCII without spaces'),
    'Secret with which the inspector may watch from anywhere',
  ),
  INSPECT_PRIVATE: toggle('Let the inspector see the text of private messages'),
  LOG_LEVEL: setting(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be trace, debug, info, warn, error, fatal or silent',
    }),
    'info',
    'Least level of the lines that are logged',
  ),
  DATA_DIR: setting(
    z.string().min(1),
    './data',
    `Directory in which everything is kept; ${IN_MEMORY}, or --memory, keeps nothing beyond the process`,
  ),
  RETENTION_ENTRIES: setting(
    whole(0, 1_000_000_000),
    '0',
    'Entries of a room that are kept in the directory, the last 100 in any case; 0 = all',
  ),
} as const;

type SettingName = keyof typeof settings;
export type Config = { readonly [N in SettingName]: z.output<(typeof settings)[N]['schema']> };

/** A wrong setting or flag, in one line that names it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings: a flag (`--port 5001`) goes before the environment (`PORT=5001`), that before the default.
 * @param argv the arguments without node and the script
 * @returns the settings, or `'help'` when `--help` asks for the table
 * @throws ConfigError on an unknown flag or a wrong value
 */
export function readConfig(argv: string[], env: Record<string, string | undefined>): Config | 'help' {
  const flags = parseFlags(argv);
  if (flags.help) return 'help';
  const all = Object.entries<Setting<z.ZodType>>(settings);
  const entries = all.map(([name, { schema, fallback, isSecret }]) => {
    const flag = flags.memory && name === 'DATA_DIR' ? IN_MEMORY : flags[flagOf(name)];
    // An empty variable is how shells and compose files say "not set".
    const raw = typeof flag === 'string' ? flag : flag ? '1' : env[name] || fallback;
    const parsed = schema.safeParse(raw);
    if (parsed.success) return [name, parsed.data];
    const found = isSecret ? '' : ` (it is ${JSON.stringify(raw.slice(0, 80))})`;
    throw new ConfigError(`${name} ${parsed.error.issues[0]?.message}${found}`);
  });
  return Object.fromEntries(entries);
}

/**
 * The settings with their defaults, and some changed; for whoever embeds the server. In memory, unless it is said
 * where to keep things.
 */
export function defaultConfig(changes: Partial<Config> = {}): Config {
  return { ...(readConfig(['--memory'], {}) as Config), ...changes };
}

export function helpText(): string {
  const rows = Object.entries(settings).map(([name, { fallback, help }]) => [
    `  --${flagOf(name)}`,
    name,
    `${help} (${fallback || 'none'})`,
  ]);
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const lines = rows.map(
    ([flag, name, help]) => `${flag?.padEnd(width(0))}  ${name?.padEnd(width(1))}  ${help}`,
  );
  return ['Usage: npm start -- [--flag value]', '', ...lines, `  --help`, ''].join('\n');
}

/** The README's table of settings. */
export function settingsMarkdown(): string {
  const rows = Object.entries(settings).map(
    ([name, { fallback, help }]) =>
      `| \`${name}\` | \`--${flagOf(name)}\` | ${fallback ? `\`${fallback}\`` : ''} | ${help} |`,
  );
  return ['| Variable | Flag | Default | What it does |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function setting<S extends z.ZodType>(schema: S, fallback: string, help: string): Setting<S> {
  return { schema, fallback, help };
}

function secret<S extends z.ZodType>(schema: S, help: string): Setting<S> {
  return { schema, fallback: '', help, isSecret: true };
}

/** Off unless it is asked for. */
function toggle(help: string): Setting<typeof onOff> {
  return { schema: onOff, fallback: '0', help, isSwitch: true };
}

function flagOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function parseFlags(argv: string[]): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries(
    Object.entries<Setting<z.ZodType>>(settings).map(([name, { isSwitch }]) => [
      flagOf(name),
      { type: isSwitch ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const memory = { type: 'boolean' as const };
  try {
    return parseArgs({ args: argv, options: { ...options, memory, help: { ...memory, short: 'h' } } }).values;
  } catch (error) {
    throw new ConfigError((error as Error).message.split('. ')[0] ?? 'wrong flags');
  }
}

function originOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}
