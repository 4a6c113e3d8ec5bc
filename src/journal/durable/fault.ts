/** What is wrong with a data directory, in one line for whoever runs the server. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';

  constructor(message: string, cause?: unknown) {
    // SQLite's own words may have lines of a damaged schema in them.
    super(message.replace(/\s*[\r\n]+\s*/g, ' '), { cause });
  }
}

/** Says what an error of the database or of a system call means for a data directory. */
export function asFault(error: unknown, directory: string): StorageFault {
  if (error instanceof StorageFault) return error;
  const { code = '', message } = error as { code?: string; message: string };
  return new StorageFault(`DATA_DIR ${directory} ${meaningOf(code, message)}`, error);
}

function meaningOf(code: string, message: string): string {
  if (/SQLITE_(BUSY|LOCKED)/.test(code)) return 'is in use by another process';
  if (/SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) return `is damaged: ${message}`;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'is on a disk that is full';
  // Opening fails with words alone; 14 is SQLite's number for a file that can't be opened.
  const isClosedOff = message.endsWith(': 14")');
  if (isClosedOff || /SQLITE_(READONLY|CANTOPEN|PERM)|E(ACCES|PERM|ROFS)/.test(code))
    return 'is not writable';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'is not a directory';
  if (code === 'ENOENT') return `can't be made: ${message}`;
  return `can't be used: ${message}`;
}

/** The same for what was met on opening it, where what is not as it was written is the directory's fault. */
export function asOpeningFault(error: unknown, directory: string): StorageFault {
  const fault = asFault(error, directory);
  const { message } = fault;
  return message.startsWith('DATA_DIR')
    ? fault
    : new StorageFault(`DATA_DIR ${directory} is damaged: ${message}`, error);
}
