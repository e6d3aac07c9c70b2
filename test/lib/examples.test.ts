import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const examples = readdirSync(join(root, 'examples'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => basename(name, '.json'));

/** Without credentials, and with nothing behind the endpoint of AWS. */
const offline = {
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  HOME: mkdtempSync(join(tmpdir(), 'home-')),
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** The templates of an example by file name, as `cdk deploy` would send them. */
async function synthesize(example: string): Promise<Record<string, string>> {
  const out = mkdtempSync(join(tmpdir(), `${example}-`));
  const context = {
    ...JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context,
    config: `examples/${example}.json`,
  };
  const env = { ...offline, CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify(context) };
  const { stderr } = await promisify(execFile)(process.execPath, ['bin/app.ts'], { cwd: root, env });
  expect(stderr).not.toMatch(/ERROR|Error/);
  const files = readdirSync(out).filter((name) => name.endsWith('.template.json'));
  return Object.fromEntries(files.toSorted().map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

/** The first synthesis of each example. */
const firsts = new Map<string, Record<string, string>>();

describe.each(examples)('%s', (example) => {
  let first: Record<string, string>;
  beforeAll(async () => {
    first = await synthesize(example);
    firsts.set(example, first);
  });

  test('makes a stack for each Region, without credentials and without a network', () => {
    const { name = 'eks-nlb-auditor', vpcs } = JSON.parse(
      readFileSync(join(root, 'examples', `${example}.json`), 'utf8'),
    );
    const regions = new Set<string>(vpcs.map(({ region }: { region: string }) => region));
    expect(Object.keys(first)).toEqual([...regions].toSorted().map((region) => `${name}-${region}.template.json`));
  });

  test('holds no credential', () => {
    for (const text of Object.values(first)) {
      expect(text.length).toBeGreaterThan(1000);
      expect(text).not.toMatch(/hooks\.slack\.com|xox[a-z]-|AKIA[0-9A-Z]{16}|aws_secret_access_key/i);
    }
  });
});

test('between them they show one VPC, isolated subnets, three VPCs in two Regions, and an organization', () => {
  expect(examples).toEqual(
    expect.arrayContaining([
      'isolated-subnets',
      'many-vpcs-and-regions',
      'one-vpc',
      'organization-central',
      'organization-member',
    ]),
  );
});

test('a second synthesis is the same, so that `cdk diff` shows changes and nothing else', async () => {
  const example = 'many-vpcs-and-regions';
  const first = firsts.get(example) ?? (await synthesize(example));
  expect(Object.keys(first)).toHaveLength(2);
  expect(await synthesize(example)).toEqual(first);
});
