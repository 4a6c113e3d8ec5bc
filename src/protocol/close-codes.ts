/** Why the server closes a WebSocket, and whether the client should come back. */
export const closeCodes = {
  /** `quit`: the user logged out on this very connection. */
  bye: { code: 1000, reason: 'bye', reconnect: 'no' },
  goingAway: { code: 1001, reason: 'server is going away', reconnect: 'with jitter' },
  flood: { code: 1008, reason: 'too many frames', reconnect: 'no' },
  tooBig: { code: 1009, reason: 'frame is too big', reconnect: 'with jitter' },
  broken: { code: 1011, reason: 'internal error', reconnect: 'resume' },
  overloaded: { code: 1013, reason: 'overloaded, try again later', reconnect: 'later' },
  slowReader: { code: 4001, reason: 'reading too slowly', reconnect: 'resume' },
  silent: { code: 4002, reason: 'nothing received for 60 s', reconnect: 'resume' },
  endedElsewhere: { code: 4003, reason: 'session was ended elsewhere', reconnect: 'no' },
} as const;

export type CloseReason = keyof typeof closeCodes;
