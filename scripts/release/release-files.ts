import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from '../bundle.ts';
import { cloudFormationTemplate } from './template.ts';
import { zipped } from './zip.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Functions of the template: those of one VPC. */
const functions = ['auditor', 'notifier', 'reconciler', 'trigger'];

/** Every file by its name in the release: the same bundles and the same stack as the CDK deploys from a clone. */
export async function releaseFiles(): Promise<Record<string, Uint8Array>> {
  const code = functions.map(async (name): Promise<[string, Uint8Array]> => {
    return [`${name}.zip`, zipped({ 'index.mjs': await bundle({ entryPoints: [`lambda/${name}.ts`] }) })];
  });
  const modules = globSync('terraform/*.{tf,md}', { cwd: root });
  return {
    ...Object.fromEntries(await Promise.all(code)),
    'eks-nlb-auditor.template.json': Buffer.from(`${JSON.stringify(cloudFormationTemplate(), null, 1)}\n`),
    'upload.sh': readFileSync(fileURLToPath(new URL('files/upload.sh', import.meta.url))),
    ...Object.fromEntries(modules.map((path) => [path, readFileSync(root + path)])),
  };
}
