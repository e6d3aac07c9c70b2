import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleCommandLine } from '../../../scripts/command-line.ts';
import { healAll } from '../../../scripts/heal/heal-all.ts';
import { findEngine as findAws } from '../engines/aws-cli.ts';
import { findEngine as findKubectl } from '../engines/kubectl.ts';

/** One of each kind of write that fixes send; `npm run heal` runs all. */
const kinds = [
  'hc-path-wrong-status.instance',
  'sg-rule-removed-by-other-manager',
  'target-sg-blocks-traffic-port',
  'pod-oomkilled',
  'workload-scaled-to-zero',
  'networkpolicy-strict-mode',
  'target-ip-belongs-to-a-load-balancer',
  'svc-selector-matches-no-pods',
];

describe.skipIf(!findAws().found || !findKubectl().found)('kubectl', () => {
  test('and the AWS CLI carry out printed fixes that heal, last and let clients through', async () => {
    const root = new URL('../../../node_modules/.cache/', import.meta.url).pathname;
    const folder = await mkdtemp(join(root, 'heal-'));
    try {
      await bundleCommandLine(folder);
      const healed = await healAll(kinds, { program: join(folder, 'nlb-auditor.js'), onDone: () => undefined });
      const outcomes = healed.flatMap((each) => each.outcomes);
      expect(outcomes.length).toBeGreaterThan(kinds.length);
      expect(outcomes.filter(({ result }) => result !== 'healed')).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 180_000);
});
