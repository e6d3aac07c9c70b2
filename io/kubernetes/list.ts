import { statusOf } from '../refusal.ts';
import type { Connection } from './connection.ts';

type Caller = Pick<Connection, 'call'>;

interface Page<Raw> {
  items: Raw[];
  metadata?: { _continue?: string };
}

/** One list of the Kubernetes API: how to ask for a page, and what to keep of each object. */
export interface Listing<Raw, Kept> {
  /** Verb and resource, for example `list pods`. */
  action: string;
  page(query: { limit: number; _continue?: string }): Promise<Page<Raw>>;
  keep(raw: Raw): Kept;
}

const pageSize = 500;

/**
 * Reads a whole list in pages of 500, each reduced at once to what is kept. A continue token that has expired
 * (410 Gone) starts the list again, once.
 */
export async function list<Raw, Kept>(connection: Caller, listing: Listing<Raw, Kept>): Promise<Kept[]> {
  try {
    return await pages(connection, listing);
  } catch (error) {
    if (statusOf(error) !== 410) throw error;
    return pages(connection, listing);
  }
}

async function pages<Raw, Kept>(connection: Caller, { action, page, keep }: Listing<Raw, Kept>): Promise<Kept[]> {
  const kept: Kept[] = [];
  let token: string | undefined;
  do {
    const query = { limit: pageSize, ...(token && { _continue: token }) };
    // The next page is only known from the one before.
    const { items, metadata } = await connection.call(action, () => page(query));
    for (const item of items) kept.push(keep(item));
    token = metadata?._continue;
  } while (token);
  return kept;
}
