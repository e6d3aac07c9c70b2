/** Records what a release of the AWS Load Balancer Controller makes of Services, as test/records/README.md says. */
import { spawnSync } from 'node:child_process';
import { inPrivateNetwork } from './conformance/private-network.ts';

const root = new URL('../', import.meta.url);
const program = 'test/conformance/controllers/load-balancer-controller/records/record.ts';

for (const [script = '', ...words] of [['types.ts'], ['build-go.ts', 'kube-controller-manager']]) {
  const { status } = run([process.execPath, `scripts/conformance/${script}`, ...words]);
  if (status !== 0) process.exit(status ?? 1);
}
process.exit(run(inPrivateNetwork([process.execPath, program, ...process.argv.slice(2)])).status ?? 1);

function run([file = '', ...words]: string[]) {
  return spawnSync(file, words, { cwd: root, stdio: 'inherit' });
}
