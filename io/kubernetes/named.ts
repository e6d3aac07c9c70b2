import type * as z from 'zod';
import { InvalidAnswer } from '../aws/read-error.ts';
import { explainShape } from '../explain-shape.ts';
import { ApiFailure } from './client/api-failure.ts';
import { cleanObject } from './client/clean.ts';
import type { Connection } from './client/connection.ts';
import type { Pool } from './client/pool.ts';

/** Objects of one kind that are read by name. */
export interface Named<Raw, Kept> {
  /** Verb and resource, for example `get leases`. */
  action: string;
  /** Of the list that they are in. */
  path: string;
  names: string[];
  shape: z.ZodType<Raw>;
  keep(raw: Raw, pool: Pool): Kept;
}

/** Those of the named objects that exist. */
export async function readNamed<Raw, Kept>(connection: Connection, named: Named<Raw, Kept>): Promise<Kept[]> {
  const found = await Promise.all(named.names.map((name) => read(connection, named, name)));
  return found.flat();
}

async function read<Raw, Kept>(connection: Connection, named: Named<Raw, Kept>, name: string): Promise<Kept[]> {
  const { action, path, shape, keep } = named;
  try {
    const raw = shape.safeParse(await connection.json({ action, path: `${path}/${encodeURIComponent(name)}` }));
    if (!raw.success) throw new InvalidAnswer(`${name} cannot be used: ${explainShape(raw.error)}`);
    return [keep(cleanObject(raw.data), connection.pool)];
  } catch (error) {
    if (error instanceof ApiFailure && error.code === 404) return [];
    throw error;
  }
}
