export type FaultKind = 'unusable' | 'held' | 'damaged' | 'newer' | 'full' | 'closed';

/** What is wrong with a data directory, in one line for whoever runs the server. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
  readonly kind: FaultKind;

  constructor(kind: FaultKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** Says what an error of the database or of a system call means for a data directory. */
export function asFault(error: unknown, directory: string): StorageFault {
  if (error instanceof StorageFault) return error;
  const { code = '', message } = error as { code?: string; message: string };
  const [kind, words] = meaningOf(code, message);
  return new StorageFault(kind, `DATA_DIR ${directory} ${words}`, error);
}

function meaningOf(code: string, message: string): [FaultKind, string] {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return ['held', 'is in use by another process'];
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) return ['damaged', `is damaged: ${message}`];
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return ['full', 'is on a disk that is full'];
  // Opening fails with words alone; 14 is SQLite's number for a file that can't be opened.
  const isClosedOff = message.startsWith('ConnectionFailed(') && message.includes(': 14"');
  if (isClosedOff || /^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code) || /^E(ACCES|PERM|ROFS)$/.test(code)) {
    return ['unusable', 'is not writable'];
  }
  if (code === 'ENOENT') return ['unusable', `can't be made: ${message}`];
  if (code === 'ENOTDIR' || code === 'EEXIST') return ['unusable', 'is not a directory'];
  return ['unusable', `can't be used: ${message}`];
}
