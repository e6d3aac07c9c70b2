import type { Delivery } from './sink.ts';

/** What came back from a POST; `undefined` when nothing did. */
export interface Answer {
  status: number;
  /** What the header Retry-After asks for, or a second. */
  retryAfterMs: number;
  text: string;
}

const timeoutMs = 10_000;

/** Milliseconds until the next try where nobody says how many. */
export const defaultRetryMs = 1000;

/** Posts JSON, follows no redirect and waits ten seconds at most. */
export async function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const retryAfterMs = retryAfter(response.headers.get('retry-after'));
    return { status: response.status, retryAfterMs, text: await response.text() };
  } catch {
    return undefined;
  }
}

/** What the status of an answer means: slower, later, or never. */
export function deliveryOf(answer: Answer | undefined, who: string): Delivery {
  if (answer === undefined) return { kind: 'retry', afterMs: defaultRetryMs };
  const { status, retryAfterMs, text } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 429 || status === 408 || status >= 500) return { kind: 'retry', afterMs: retryAfterMs };
  return { kind: 'refused', reason: `${who} answered ${status} ${text.slice(0, 100)}`.trim() };
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
function retryAfter(header: string | null): number {
  if (header === null) return defaultRetryMs;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : defaultRetryMs;
}
