/**
 * The catalogue of what a user can do wrong: a stable code and the words for it.
 * An `error` frame answers, the connection stays, and nothing else happens.
 */
export const errorWords = {
  bad_json: () => 'That frame is not JSON',
  bad_frame: (why: string) => `Bad frame: ${why}`,
  unknown_type: (type: string) => `Unknown type: ${type}`,
  bad_name: (name: string) => `Bad room name: ${name}`,
  name_taken: (name: string) => `Name is taken: ${name}`,
  not_in_room: (room: string) => `You are not in room: ${room}`,
  already_in_room: (room: string) => `You are already in room: ${room}`,
  cannot_leave: (room: string) => `You cannot leave room: ${room}`,
  room_not_found: (room: string) => `Room not found: ${room}`,
  user_not_found: (name: string) => `User not found: ${name}`,
  too_long: (max: string) => `Text is too long: at most ${max} characters`,
  empty: (what: string) => `${what} is empty`,
  bad_text: (why: string) => `Text has ${why}`,
  unknown_command: (command: string) => `Unknown command: ${command} (try /help)`,
  bad_usage: (usage: string) => `Usage: ${usage}`,
  rate_limited: (seconds: string) => `Too many frames: try again in ${seconds} s`,
  too_many_rooms: (max: string) => `You are in too many rooms: at most ${max}`,
  room_limit: (max: string) => `The server has too many rooms: at most ${max}`,
  pm_undelivered: (name: string) => `${name} left before your private message could be delivered`,
  storage_failed: (what: string) => `Could not ${what}: try again`,
  internal: () => 'Something went wrong on the server',
} as const satisfies Record<string, (subject: string) => string>;

export type ErrorCode = keyof typeof errorWords;

export const errorCodes = Object.keys(errorWords) as [ErrorCode, ...ErrorCode[]];

/** What was wrong, as a value: user mistakes are results here, never exceptions. */
export interface Mistake {
  code: ErrorCode;
  message: string;
  /** Seconds after which the same request may succeed. */
  retryAfter?: number;
}

export type Result<T> = { ok: true; value: T } | { ok: false; mistake: Mistake };

/**
 * Words a mistake.
 * @param subject what the words are about (a name, a limit); long ones are cut for display
 */
export function mistake(code: ErrorCode, subject = ''): Mistake {
  return { code, message: errorWords[code](shortened(subject)) };
}

export function refused(code: ErrorCode, subject = ''): { ok: false; mistake: Mistake } {
  return { ok: false, mistake: mistake(code, subject) };
}

export function accepted<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

function shortened(subject: string): string {
  const points = [...subject.slice(0, 200).toWellFormed()];
  return points.length > 80 ? `${points.slice(0, 80).join('')}…` : points.join('');
}
