import type { KeyPair } from '../certificates.ts';
import { startListening } from './listening-child.ts';
import type { LossyTargets } from './lossy-process.ts';

/**
 * Makes sockets lose more than half of the SYNs that are sent to them: a child process fills their accept queues by turns. The
 * promise resolves when they listen, to a function that ends it. Without sockets there is no child.
 */
export async function loseAtTargets(
  sockets: LossyTargets['sockets'],
  certificate: KeyPair,
): Promise<() => Promise<void>> {
  if (sockets.length === 0) return async () => undefined;
  return startListening({
    name: 'lossy-process',
    input: JSON.stringify({ sockets, certificate } satisfies LossyTargets),
  });
}
