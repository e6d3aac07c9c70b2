import * as z from 'zod';
import { InvalidAnswer, OutOfTime, TooLarge } from '../../aws/read-error.ts';
import { explainShape } from '../../explain-shape.ts';
import { type Allowance, allow } from './allowance.ts';
import { ApiFailure } from './api-failure.ts';
import { cleanObject } from './clean.ts';
import type { Connection } from './connection.ts';
import type { Pool } from './pool.ts';

/** One list of the Kubernetes API: where it is, what its objects look like, and what to keep of each. */
export interface Listing<Raw, Kept> {
  /** Verb and resource, for example `list pods`. */
  action: string;
  path: string;
  shape: z.ZodType<Raw>;
  /** `undefined` for an object that is not needed. */
  keep(raw: Raw, pool: Pool): Kept | undefined;
  /**
   * Whether the API server may answer from its cache (`resourceVersion=0`): cheap for etcd, at most seconds old, and for
   * lists that are small, because it then ignores `limit` (Kubernetes API concepts, "Resource versions").
   */
  fromCache?: boolean;
}

const pageSize = 500;
/** A server that gives new tokens for ever is stopped here: 2,500,000 objects. */
const mostPages = 5000;
/** Tokens expire after minutes, so more than a few expire only on a server that gives none that last. */
const mostFailures = 10;
const mostBytesFromCache = 16 * 2 ** 20;

const page = z.object({
  items: z.array(z.unknown()),
  metadata: z.object({ continue: z.string().nullish(), remainingItemCount: z.number().nullish() }).nullish(),
});

/** What has been read of one list so far. */
interface Progress<Kept> {
  kept: Kept[];
  read: number;
  /** Objects without the shape, and what is wrong with the first. */
  refused: number;
  why: string;
  seen: Set<string>;
}

/**
 * Reads a whole list into `kept`, page by page, each reduced at once to what is needed. Throws where something is missing;
 * what was read stays in `kept`. A continue token that has expired (410 Gone) is replaced by the one that the refusal
 * brings, which goes on in newer data, or starts the list again once.
 */
export async function list<Raw, Kept>(
  connection: Connection,
  listing: Listing<Raw, Kept>,
  kept: Kept[] = [],
): Promise<Kept[]> {
  using allowance = allow(connection.signal);
  const progress: Progress<Kept> = { kept, read: 0, refused: 0, why: '', seen: new Set() };
  try {
    await pages(connection, { listing, progress, allowance });
  } catch (error) {
    if (!allowance.signal.aborted) throw error;
    throw new OutOfTime(`the time for this read was over after ${progress.read} objects`, { cause: error });
  }
  if (progress.refused === 0) return kept;
  throw new InvalidAnswer(`${progress.refused} of ${progress.read} objects cannot be used: ${progress.why}`);
}

interface Reading<Raw, Kept> {
  listing: Listing<Raw, Kept>;
  progress: Progress<Kept>;
  allowance: Allowance;
}

async function pages<Raw, Kept>(connection: Connection, reading: Reading<Raw, Kept>): Promise<void> {
  const { listing, progress } = reading;
  let fromCache = listing.fromCache ?? false;
  let failures = 0;
  let restarts = 0;
  let token: string | undefined = '';
  while (token !== undefined) {
    try {
      // The next page is only known from the one before.
      token = await onePage(connection, reading, { token, fromCache });
    } catch (error) {
      if (!(fromCache && error instanceof TooLarge)) {
        token = tokenAfter(error, progress);
        failures += 1;
        if (token === '') restarts += 1;
        if (restarts > 1 || failures > mostFailures) throw error;
      }
      fromCache = false;
    }
  }
}

/** Reads the page behind a token, '' for the first one, and gives the token of the next. */
async function onePage<Raw, Kept>(
  connection: Connection,
  { listing, progress, allowance }: Reading<Raw, Kept>,
  { token, fromCache }: { token: string; fromCache: boolean },
): Promise<string | undefined> {
  const answer = page.safeParse(
    await connection.json({
      action: listing.action,
      path: listing.path,
      query: {
        ...(token !== '' && { continue: token }),
        limit: pageSize,
        ...(fromCache && token === '' && { resourceVersion: '0' }),
      },
      ...(fromCache && { mostBytes: mostBytesFromCache }),
      signal: allowance.signal,
    }),
  );
  if (!answer.success) throw new InvalidAnswer(`the answer is no list: ${explainShape(answer.error)}`);
  const { items, metadata } = answer.data;
  for (const item of items) take(item, listing, { progress, connection });
  allowance.expect(progress.read + (metadata?.remainingItemCount ?? 0));
  return following(metadata?.continue, progress);
}

function take<Raw, Kept>(
  item: unknown,
  { shape, keep }: Listing<Raw, Kept>,
  { progress, connection: { pool } }: { progress: Progress<Kept>; connection: Connection },
): void {
  progress.read += 1;
  const raw = shape.safeParse(item);
  if (!raw.success) {
    progress.refused += 1;
    progress.why ||= explainShape(raw.error);
    return;
  }
  const kept = keep(cleanObject(raw.data), pool);
  if (kept !== undefined) progress.kept.push(kept);
}

function following(token: string | null | undefined, { seen, read }: Progress<unknown>): string | undefined {
  if (!token) return undefined;
  if (seen.has(token)) throw new InvalidAnswer(`the same continue token came twice, after ${read} objects`);
  if (seen.size >= mostPages) throw new InvalidAnswer(`the list has no end: ${mostPages} pages, ${read} objects`);
  seen.add(token);
  return token;
}

/** Where to go on after a failure; throws it on where that does not help. */
function tokenAfter(error: unknown, progress: Progress<unknown>): string {
  if (!(error instanceof ApiFailure) || error.code !== 410) throw error;
  const token = /"continue":\s*"([\w-]+)"/.exec(error.body)?.[1];
  if (token !== undefined) return token;
  progress.kept.length = 0;
  Object.assign(progress, { read: 0, refused: 0, why: '', seen: new Set() });
  return '';
}
