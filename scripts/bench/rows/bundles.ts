import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const mostRatio = 1.1;

/** The APIs of Kubernetes that the auditor reads, as `@kubernetes/client-node` offers them. */
const kubernetesClient =
  "export { AppsV1Api, CoordinationV1Api, CoreV1Api, CustomObjectsApi, DiscoveryV1Api, KubeConfig, NetworkingV1Api } from '@kubernetes/client-node';";

/** Cold load of the functions, beside that of the packages that the auditor imports with nothing of its own. */
export const bundles: Row = {
  id: 'bundles',
  what: 'cold load of the auditor’s bundle, median of 5 fresh processes',
  goal: `≤ ${mostKib} KiB, CPU ≤ ${mostRatio} × SDK + client-node`,
  async measure() {
    const folder = mkdtempSync(join('node_modules', '.bench-'));
    const lineOf = async (name: string, code: Parameters<typeof bundle>[0]) => {
      const bytes = await bundle(code);
      const file = join(folder, `${name}.mjs`);
      writeFileSync(file, bytes);
      return { bundle: name, kib: Math.round(bytes.length / 1024), ...(await loadOf(file)) };
    };
    const packages = (contents: string) => ({ stdin: { contents, resolveDir: process.cwd() } });
    const sdk = await lineOf('SDK', packages(sdkImports()));
    const both = await lineOf('SDK + client-node', packages(`${sdkImports()}\n${kubernetesClient}`));
    const auditor = await lineOf('auditor', { entryPoints: ['lambda/auditor.ts'] });
    const others = [];
    for (const entry of Object.keys(bundleLimits).filter((name) => name !== 'auditor')) {
      others.push(await lineOf(entry, { entryPoints: [`lambda/${entry}.ts`] }));
    }
    rmSync(folder, { recursive: true });
    const ratio = auditor.cpuMs / both.cpuMs;
    return {
      result: `${auditor.kib} KiB; ${auditor.cpuMs} ms CPU, ${ratio.toFixed(2)} × SDK + client-node; ${auditor.rssMb} MB`,
      met: auditor.kib <= mostKib && ratio <= mostRatio,
      tables: [{ title: 'Bundles, each loaded in a fresh process', lines: [sdk, both, auditor, ...others] }],
      notes: [
        `“SDK” is what \`io\` imports of \`@aws-sdk\` and nothing else. \`@kubernetes/client-node\` is in no bundle: the auditor reads Kubernetes with its own client and uses only types from it. At run time it would cost ${both.kib - sdk.kib} KiB, ${both.cpuMs - sdk.cpuMs} ms of CPU and ${both.rssMb - sdk.rssMb} MB at every cold start.`,
        '`npm run check` fails where a bundle grows beyond `bundleLimits`.',
      ],
    };
  },
};

/** Everything that the sources of `io` import from the SDK, types left out. */
function sdkImports(): string {
  const imports = globSync('io/**/*.ts').flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/^import \{([^}]*)\} from '(@aws-sdk\/[^']+)';/gm),
  ]);
  const names = Map.groupBy(imports, ([, , name = '']) => name);
  return [...names]
    .map(([name, clauses]) => {
      const values = clauses
        .flatMap(([, list = '']) => list.split(','))
        .map((value) => value.trim().replace(/ as .*/, ''))
        .filter((value) => value !== '' && !value.startsWith('type '));
      return `export { ${[...new Set(values)].join(', ')} } from '${name}';`;
    })
    .join('\n');
}

async function loadOf(module: string): Promise<Load> {
  const loads = await series(5, () => child<Load>(['scripts/bench/rows/load-run.ts', join(process.cwd(), module)]));
  const { loadMs, cpuMs, rssMb } = median(loads, (load) => load.cpuMs);
  return { loadMs: Math.round(loadMs), cpuMs: Math.round(cpuMs), rssMb };
}
