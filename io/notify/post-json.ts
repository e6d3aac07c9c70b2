import { STATUS_CODES } from 'node:http';
import { parseJson } from '../parse-json.ts';
import type { Delivery } from './sink.ts';

/** What came back from a POST; `undefined` when nothing did. */
export interface Answer {
  status: number;
  /** What the header Retry-After asks for, or a second. */
  retryAfterMs: number;
  /** The body, or its first 64 KiB; written by a stranger, so that none of it is repeated in a log as it is. */
  text: string;
}

/** Milliseconds that one POST may take, its answer included. */
const timeoutMs = 10_000;

/** Good answers of these services have less than 20 KB, a Slack message with all of its blocks included. */
const mostBytes = 64 * 1024;

/** Milliseconds until the next try where no answer says how many. */
export const defaultRetryMs = 1000;

export interface Post {
  url: string;
  headers?: Record<string, string>;
  signal: AbortSignal;
}

/** Posts JSON, follows no redirect, and waits until `signal` aborts, ten seconds at most. */
export async function postJson({ url, headers = {}, signal }: Post, body: unknown): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const retryAfterMs = retryAfter(response.headers.get('retry-after'));
    return { status: response.status, retryAfterMs, text: await firstPart(response) };
  } catch {
    return undefined;
  }
}

/**
 * What an answer means: sent, later, or not before something is changed. A success counts only when `isReceipt` finds in the
 * body what the service writes there: a proxy or a login page answers 200 too.
 */
export function deliveryOf(
  answer: Answer | undefined,
  service: string,
  isReceipt: (answer: Answer) => boolean,
): Delivery {
  if (answer === undefined) return { kind: 'retry', afterMs: defaultRetryMs };
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) {
    return isReceipt(answer)
      ? { kind: 'sent' }
      : { kind: 'refused', reason: `${service} answered ${status} without its receipt: something else answers there` };
  }
  if (status === 429 || status === 408 || status >= 500) return { kind: 'retry', afterMs: retryAfterMs };
  return { kind: 'refused', reason: `${service} answered ${status} ${errorWord(answer)}`.trim() };
}

/** The error code where the body is one word such as `no_service`, else what HTTP calls the status. */
const errorWord = ({ status, text }: Answer): string => wordOf(text) ?? STATUS_CODES[status] ?? '';

/** A text that is nothing but an identifier of at most 60 characters; `undefined` for anything else. */
export const wordOf = (text: unknown): string | undefined =>
  typeof text === 'string' && /^[a-z]+(_[a-z]+){0,7}$/.test(text.trim()) && text.length <= 60 ? text.trim() : undefined;

/** JSON of an answer, an object or nothing. */
export function objectIn({ text }: Answer): Record<string, unknown> | undefined {
  try {
    const value: unknown = parseJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

async function firstPart({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let left = mostBytes;
  // Leaving the loop early cancels the rest of the body.
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= chunk.length;
    if (left <= 0) break;
  }
  return text;
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
function retryAfter(header: string | null): number {
  if (header === null) return defaultRetryMs;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : defaultRetryMs;
}
