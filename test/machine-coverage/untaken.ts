/**
 * States and transitions that no test takes, each with the reason why that is all right. One that is listed and
 * taken after all fails the run as well, so that the list can only be true.
 */
export const untaken: Readonly<Record<string, string>> = {};
