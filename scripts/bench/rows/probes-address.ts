/** The address of one of at most 65,536 targets; all of 127.0.0.0/8 is this machine. */
export const addressOf = (index: number): string => `127.91.${index >> 8}.${index & 255}`;
