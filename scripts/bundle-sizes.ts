/** Fails where a function has become heavier than `bundleLimits` allows: its size is loaded at every cold start. */
import { bundle, bundleLimits } from './bundle.ts';

for (const [entry, limit] of Object.entries(bundleLimits)) {
  const kib = Math.round((await bundle({ entryPoints: [`lambda/${entry}.ts`] })).length / 1024);
  console.log(`${entry}: ${kib} KiB of ${limit}`);
  if (kib <= limit) continue;
  console.error(`lambda/${entry}.ts is bundled to ${kib} KiB, above its limit of ${limit}`);
  process.exitCode = 1;
}
