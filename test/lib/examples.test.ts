import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { addStacks } from '../../bin/stacks.ts';

const root = new URL('../../', import.meta.url).pathname;
const examples = readdirSync(join(root, 'examples'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => basename(name, '.json'));

const contextOf = (example: string): Record<string, unknown> => ({
  ...JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context,
  config: `examples/${example}.json`,
});

/** Of all examples: what esbuild made of a function for one is there for the next. */
const outdir = mkdtempSync(join(tmpdir(), 'examples-'));

/** The templates of an example by file name, without anything that this machine knows of AWS. */
function synthesize(example: string): Record<string, string> {
  for (const name of Object.keys(process.env)) if (/^(AWS|CDK)_/.test(name)) vi.stubEnv(name, undefined);
  const said: string[] = [];
  const errors = vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(words.join(' ')));
  try {
    const app = new App({ outdir, context: contextOf(example) });
    addStacks(app);
    const { stacks } = app.synth();
    expect(said.join('\n')).not.toMatch(/ERROR|Error/);
    // Where a rule is broken, synthesis only sets this.
    expect(process.exitCode).toBeUndefined();
    return Object.fromEntries(
      stacks.map((stack) => [stack.templateFile, readFileSync(stack.templateFullPath, 'utf8')]),
    );
  } finally {
    errors.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** The same as `cdk deploy` has it made: in a process of its own, without credentials, and with nothing behind the endpoint of AWS. */
async function synthesizeInProcess(example: string): Promise<Record<string, string>> {
  const out = mkdtempSync(join(tmpdir(), `${example}-`));
  const env = {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    CDK_VALIDATION: 'false',
    HOME: mkdtempSync(join(tmpdir(), 'home-')),
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_OUTDIR: out,
    CDK_CONTEXT_JSON: JSON.stringify(contextOf(example)),
  };
  const { stderr } = await promisify(execFile)(process.execPath, ['bin/app.ts'], { cwd: root, env });
  expect(stderr).not.toMatch(/ERROR|Error/);
  const files = readdirSync(out).filter((name) => name.endsWith('.template.json'));
  return Object.fromEntries(files.toSorted().map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

/** The first synthesis of each example. */
const firsts = new Map<string, Record<string, string>>();

describe.each(examples)('%s', (example) => {
  let first: Record<string, string>;
  beforeAll(() => {
    first = synthesize(example);
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
  const first = firsts.get(example) ?? synthesize(example);
  expect(Object.keys(first)).toHaveLength(2);
  expect(await synthesizeInProcess(example)).toEqual(first);
});
