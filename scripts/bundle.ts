import { type BuildOptions, build } from 'esbuild';
import { functionBundling } from '../lib/function-bundling.ts';

/** Bundles code as the functions are bundled, from a file or from text; returns the bytes of the one module that comes out. */
export async function bundle(code: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<Uint8Array> {
  const { banner, mainFields, ...options } = functionBundling;
  const { outputFiles } = await build({
    ...code,
    ...options,
    mainFields: [...mainFields],
    banner: { js: banner },
    bundle: true,
    platform: 'node',
    write: false,
    logLevel: 'error',
  });
  const [module] = outputFiles;
  if (module === undefined) throw new Error('esbuild made nothing');
  return module.contents;
}

/** What each function may weigh, in KiB: a little above what it does. Lower it when a bundle becomes smaller; raise it for a reason. */
export const bundleLimits = { auditor: 2660, notifier: 770, interactions: 590, reconciler: 500 };
