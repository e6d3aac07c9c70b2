import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, bundleLimits } from '../../bundle.ts';
import { child, median, series } from '../child.ts';
import type { Row } from '../row.ts';

interface Load {
  loadMs: number;
  cpuMs: number;
  rssMb: number;
}

const mostKib = 3300;

/** What the auditor cannot do without: the AWS clients that it calls, and the Kubernetes client, with nothing of its own. */
const packages = ['dynamodb', 'ec2', 'eks', 'elastic-load-balancing-v2', 's3', 'sts']
  .map((name) => `@aws-sdk/client-${name}`)
  .concat('@aws-sdk/lib-dynamodb', '@kubernetes/client-node');

/** Cold load of the functions, beside that of their packages alone. */
export const bundles: Row = {
  id: 'bundles',
  what: 'cold load of the auditor’s bundle, median of 5 fresh processes',
  goal: `≤ ${mostKib} KiB`,
  async measure() {
    const folder = mkdtempSync(join('node_modules', '.bench-'));
    const lineOf = async (name: string, code: Parameters<typeof bundle>[0]) => {
      const bytes = await bundle(code);
      const file = join(folder, `${name}.mjs`);
      writeFileSync(file, bytes);
      return { bundle: name, kib: Math.round(bytes.length / 1024), ...(await loadOf(file)) };
    };
    const contents = packages.map((name) => `export * as p${packages.indexOf(name)} from '${name}';`).join('\n');
    const alone = await lineOf('packages', { stdin: { contents, resolveDir: process.cwd() } });
    const lines = [];
    for (const entry of Object.keys(bundleLimits)) {
      lines.push(await lineOf(entry, { entryPoints: [`lambda/${entry}.ts`] }));
    }
    rmSync(folder, { recursive: true });
    const auditor = lines.find((line) => line.bundle === 'auditor') ?? alone;
    return {
      result: `${auditor.kib} KiB, ${auditor.cpuMs} ms CPU, ${auditor.rssMb} MB`,
      met: auditor.kib <= mostKib,
      tables: [{ title: 'Bundles, each loaded in a fresh process', lines: [alone, ...lines] }],
      notes: [
        '“packages” exports everything of the AWS clients and of client-node, also what a bundler would otherwise leave out: it is heavier than what the auditor needs of them, so that “≤ 1.1 × SDK + client-node” is not judged by it.',
        '`npm run check` fails where a bundle grows beyond `bundleLimits`.',
      ],
    };
  },
};

async function loadOf(module: string): Promise<Load> {
  const loads = await series(5, () => child<Load>(['scripts/bench/rows/load-run.ts', join(process.cwd(), module)]));
  const { loadMs, cpuMs, rssMb } = median(loads, (load) => load.cpuMs);
  return { loadMs: Math.round(loadMs), cpuMs: Math.round(cpuMs), rssMb };
}
