/** An HTTP answer of an API server that is not a success. */
export class ApiFailure extends Error {
  override name = 'ApiFailure';
  /** HTTP status. */
  readonly code: number;
  /** At most 64 KiB of the answer. */
  readonly body: string;
  /** Milliseconds to wait before the next try, where the server says so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: number, body: string, retryAfterMs?: number) {
    super(`the API server answered with status ${code}`);
    this.code = code;
    this.body = body;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Milliseconds in a Retry-After header, which API servers give in seconds (apiserver: util/flowcontrol, `retryAfter`). */
export function retryAfterOf(header: string | string[] | undefined): number | undefined {
  const seconds = typeof header === 'string' ? Number(header) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
