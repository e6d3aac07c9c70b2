import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings } from '../../config/settings.ts';
import { readReconcilerSettings } from '../../io/access/reconciler-settings.ts';
import type { Template } from '../../scripts/demo/deployment.ts';
import { findEngine as findCfnLint } from './engines/cfn-lint.ts';
import { findEngine as findCheckov } from './engines/checkov.ts';
import { findEngine as findMoto } from './engines/moto.ts';
import { deployStack } from './moto/deploy-stack.ts';
import { type MotoServer, startMoto } from './moto/server.ts';
import { skipped } from './moto/skipped-types.ts';
import { patienceMs, type SynthesizedExamples, synthesizeExamples } from './synthesized-examples.ts';

const stacks = [
  'between-runs eu-west-1',
  'isolated-subnets eu-west-1',
  'many-vpcs-and-regions eu-west-1',
  'many-vpcs-and-regions us-east-1',
  'one-vpc eu-west-1',
  'organization-central eu-west-1',
  'organization-member eu-west-1',
  'slack-and-private-endpoint eu-west-1',
  'slack-buttons eu-west-1',
];

let examples: SynthesizedExamples;
beforeAll(async () => {
  examples = await synthesizeExamples();
}, patienceMs);
afterAll(() => examples.remove());

const pathOf = (stack: string): string => examples.templates[stack] ?? '';
const templateOf = (stack: string): Template => JSON.parse(readFileSync(pathOf(stack), 'utf8'));

describe.skipIf(!findCfnLint().found)('cfn-lint', () => {
  const lint = (path: string) => spawnSync('cfn-lint', [path], { encoding: 'utf8' });

  test('is asked about every example', () => {
    expect(Object.keys(examples.templates).toSorted()).toEqual(stacks);
  });

  test.each(stacks)('has nothing against %s', (stack) => {
    const { status, stdout } = lint(pathOf(stack));
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

const checkov = findCheckov();
describe.skipIf(!checkov.found)('checkov', () => {
  test('objects to nothing that docs/security.md does not answer, and to all that it answers', {
    timeout: patienceMs,
  }, () => {
    const options = ['--framework', 'cloudformation', '--compact', '--quiet', '--skip-download', '-o', 'json'];
    const files = Object.values(examples.templates).flatMap((path) => ['-f', path]);
    const { stdout } = spawnSync('python3', ['-m', 'checkov.main', ...options, ...files], {
      encoding: 'utf8',
      env: checkov.found ? checkov.env : {},
      maxBuffer: 2 ** 26,
    });
    const { summary, results }: Checked = JSON.parse(stdout);
    expect(summary).toMatchObject({ parsing_errors: 0 });
    expect(summary.passed).toBeGreaterThan(100);
    const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
    const answered = [...page.matchAll(/^\| (CKV_\w+) /gm)].map(([, id]) => id);
    const raised = new Set(results.failed_checks.map(({ check_id }) => check_id));
    expect([...raised].toSorted()).toEqual(answered.toSorted());
  });
});

/** What checkov prints. */
interface Checked {
  summary: { passed: number; parsing_errors: number };
  results: { failed_checks: { check_id: string }[] };
}

describe.skipIf(!findMoto().found)('moto', () => {
  /** Types that are part of another resource, and so not counted for themselves. */
  const inside = ['AWS::EC2::SecurityGroupIngress'];

  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto({ account: '111122223333', region: 'eu-west-1' });
  });
  afterAll(() => moto.close());

  test.each(stacks)('creates the stack %s', async (stack) => {
    const { Resources } = templateOf(stack);
    const types = Object.values(Resources).map(({ Type }) => Type.replace('GlobalTable', 'Table'));
    const made = types.filter((type) => !skipped.includes(type) && !inside.includes(type));
    const deployed = await deployStack(pathOf(stack), moto.url, stack.split(' ')[1] ?? '');

    expect(deployed).toMatchObject({ status: 'CREATE_COMPLETE', reason: '' });
    expect(Object.entries(deployed.there).filter(([, count]) => count > 0)).toEqual(
      expect.arrayContaining([...Map.groupBy(made, (type) => type)].map(([type, all]) => [type, all.length])),
    );
    expect(Object.keys(deployed.there).filter((type) => skipped.includes(type) && deployed.there[type] !== 0)).toEqual(
      [],
    );
    expect(deployed.outputs).toContain('TableName');
    for (const { runtime, settings } of deployed.functions) {
      expect(runtime).toBe('nodejs24.x');
      if (settings.includes('"principalArn"')) {
        const { entry } = readReconcilerSettings({ AUDITOR_SETTINGS: settings });
        expect(entry.principalArn).toMatch(/^arn:aws:iam::\d{12}:role\/.*AuditorRole/);
        continue;
      }
      const { table, topicArn, reportBucket, auditors } = readSettings({ AUDITOR_SETTINGS: settings });
      if (auditors !== undefined) {
        expect([table, Object.values(auditors)]).toEqual([
          expect.stringContaining('Findings'),
          [expect.stringMatching(/Function/)],
        ]);
        continue;
      }
      expect([table, topicArn, reportBucket]).toEqual([
        expect.stringContaining('Findings'),
        expect.stringMatching(/^arn:aws:sns:.*FindingsTopic/),
        expect.stringMatching(/reports/),
      ]);
    }
  });

  test('what it skips is all that it skips', () => {
    const types = stacks.flatMap((stack) => Object.values(templateOf(stack).Resources).map(({ Type }) => Type));
    expect(skipped.filter((type) => !types.includes(type))).toEqual([]);
  });
});
