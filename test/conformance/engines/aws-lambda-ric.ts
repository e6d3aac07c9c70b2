import { builtInterfaceClient } from '../../../scripts/conformance/interface-client.ts';
import type { Engine } from '../engine.ts';

/** The program in Lambda's Node.js images that loads a bundle and runs its invocations. */
export function findEngine(): Engine<{ entry: string }> {
  const built = builtInterfaceClient();
  if (built !== undefined) return { found: true, ...built };
  return {
    found: false,
    why: 'it is not built',
    remedy:
      'Install autoconf automake libtool cmake make g++ xz-utils, then run node scripts/conformance/build-interface-client.ts',
  };
}
