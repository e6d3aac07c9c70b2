/** A signal that aborts when `signal` does or after `milliseconds`, whichever comes first. */
export const deadline = (signal: AbortSignal, milliseconds: number): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
