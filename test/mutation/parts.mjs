// @ts-check
/**
 * @typedef Part
 * @property {string[]} mutate
 * @property {string[]} tests in this order, the quick and telling ones first: the first that fails ends it for a mutant
 */

const CHAT = [
  ...contract('connecting', 'messages', 'rooms', 'private-messages', 'nick', 'refs', 'typing', 'commands'),
  ...contract('sessions', 'resume', 'presence', 'crowds', 'answers', 'queries', 'rest'),
];

const RESTART = tests('restart', 'restart', 'unreadable');

const ROOM = [
  ...tests('actors', 'machines', 'shown', 'history', 'presence-changes', 'large-room'),
  ...tests('inspect', 'list'),
  ...CHAT,
  ...tests('actors', 'records', 'storage-failure', 'slow-journal', 'supervision'),
  ...RESTART,
];

const SESSION = [
  ...tests('actors', 'machines', 'shown', 'budget', 'send-ledger', 'mailbox', 'resumed-size'),
  ...CHAT,
  ...contract('limits', 'errors'),
  ...tests('actors', 'records', 'storage-failure', 'slow-journal', 'supervision'),
  ...RESTART,
];

const STATS = [
  ...tests('actors', 'machines', 'shown', 'stats-record', 'stats-subscribers'),
  ...contract('rest', 'events', 'rooms'),
  ...tests('actors', 'supervision'),
  ...RESTART,
];

const ACTORS = [
  ...tests('actors', 'clock', 'shown', 'sorted-list', 'slices', 'names', 'directory', 'supervise'),
  ...tests('actors', 'plain-steps', 'root-system'),
  ...CHAT,
  ...contract('limits', 'names'),
  ...tests('actors', 'records', 'storage-failure', 'slow-journal', 'supervision'),
  ...RESTART,
  ...tests('inspect', 'attach', 'list', 'faults', 'subscription', 'official'),
];

const DURABLE = [
  ...tests(
    'journal/durable',
    'newest',
    'syncing',
    'tidying',
    'synced',
    'failed-commits',
    'recovered',
    'restart',
    'upkeep',
    'suite',
  ),
  ...tests('journal/durable', 'faults'),
  ...RESTART,
];

const HTTP = [
  ...tests(
    'http',
    'address',
    'cors',
    'routes',
    'rest',
    'static',
    'vendor',
    'failure',
    'upgrade',
    'pipelining',
  ),
  ...tests('http', 'inline-scripts', 'refusals'),
  ...contract('rest', 'upgrade', 'events'),
  ...tests('inspect', 'access'),
];

const TRANSPORT = [
  ...tests(
    'transport',
    'target',
    'admission',
    'wire',
    'writer',
    'connection',
    'greeting',
    'closing',
    'events',
    'fan-out',
    'log',
  ),
  ...contract(
    'connecting',
    'messages',
    'upgrade',
    'limits',
    'slow-or-silent',
    'resume',
    'sessions',
    'events',
  ),
  ...tests('http', 'upgrade', 'address'),
  ...tests('transport', 'viewer-connection'),
  ...tests('inspect', 'access', 'flood', 'slow-viewer', 'subscription', 'leaving', 'list'),
];

const INSPECT = [
  ...tests(
    'inspect',
    'view',
    'list',
    'attach',
    'subscription',
    'official',
    'access',
    'viewer-queue',
    'privacy',
  ),
  ...tests('inspect', 'leaving', 'faults', 'flood', 'slow-viewer', 'unnoticed'),
  ...tests('actors', 'shown'),
  ...contract('connecting', 'messages'),
];

/** What of the durable journal is about rows. */
const TABLES = '{tables,entries,events,privates,notices,sends,sessions,counts,sealed,checksums,schema}';

/**
 * The parts that mutants are tried in, one after another, each with the tests that know most of it.
 * @type {Record<string, Part>}
 */
export const parts = {
  commands: {
    mutate: ['src/commands/**/*.ts'],
    tests: [...tests('commands', 'registry'), ...contract('commands')],
  },
  journal: {
    mutate: ['src/journal/*.ts'],
    tests: [...tests('journal', 'memory'), ...contract('messages')],
  },
  tables: {
    mutate: [`src/journal/durable/${TABLES}.ts`],
    tests: DURABLE,
  },
  durable: {
    mutate: ['src/journal/durable/*.ts', `!**/${TABLES}.ts`],
    tests: DURABLE,
  },
  documents: {
    mutate: ['src/protocol/documents/**/*.ts'],
    tests: tests('docs', 'generated', 'documents'),
  },
  protocol: {
    mutate: ['src/protocol/*.ts'],
    tests: [
      ...tests('protocol', 'encode', 'errors', 'text', 'decode', 'names', 'numbers'),
      ...CHAT,
      ...contract('errors', 'names', 'limits', 'events'),
      ...tests('http', 'rest'),
      ...tests('docs', 'documents', 'generated'),
    ],
  },
  'room-chart': { mutate: ['src/actors/room/machine.ts'], tests: ROOM },
  room: { mutate: ['src/actors/room/*.ts', '!**/machine.ts'], tests: ROOM },
  'session-chart': { mutate: ['src/actors/session/machine.ts'], tests: SESSION },
  'session-setup': { mutate: ['src/actors/session/{setup,requests,queries}.ts'], tests: SESSION },
  session: {
    mutate: ['src/actors/session/*.ts', '!**/{machine,setup,requests,queries}.ts'],
    tests: SESSION,
  },
  'stats-chart': { mutate: ['src/actors/stats/machine.ts'], tests: STATS },
  stats: { mutate: ['src/actors/stats/*.ts', '!**/machine.ts'], tests: STATS },
  directory: { mutate: ['src/actors/{directory,rooms,sessions,names}.ts'], tests: ACTORS },
  actors: { mutate: ['src/actors/*.ts', '!**/{directory,rooms,sessions,names}.ts'], tests: ACTORS },
  transport: { mutate: ['src/transport/*.ts'], tests: TRANSPORT },
  http: { mutate: ['src/http/*.ts'], tests: HTTP },
  inspect: { mutate: ['src/inspect/*.ts'], tests: INSPECT },
  server: {
    mutate: ['src/*.ts', '!src/{main,data,config}.ts'],
    tests: [...tests('.', 'log', 'secrets'), ...HTTP, ...TRANSPORT],
  },
  config: { mutate: ['src/config.ts'], tests: tests('.', 'config') },
};

/** The part that this process is about. */
export function currentPart() {
  const name = process.env.MUTATION_PART ?? 'commands';
  const part = parts[name];
  if (!part) throw new Error(`MUTATION_PART must be one of ${Object.keys(parts).join(', ')}`);
  return { name, ...part };
}

/** @param {string[]} names */
function contract(...names) {
  return tests('contract', ...names);
}

/**
 * @param {string} folder
 * @param {string[]} names
 */
function tests(folder, ...names) {
  return names.map((name) => `test/${folder}/${name}.test.ts`);
}
