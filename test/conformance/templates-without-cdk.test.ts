import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseFiles } from '../../scripts/release/release-files.ts';
import type { Template } from '../../scripts/release/template.ts';
import { evaluate } from '../scripts/release/evaluate.ts';
import { findEngine as findCfnLint } from './engines/cfn-lint.ts';
import { findEngine as findMoto } from './engines/moto.ts';
import { findEngine as findTerraform } from './engines/terraform.ts';
import { digestible } from './moto/digestible.ts';
import { type MotoServer, startMoto } from './moto/server.ts';
import { skipped } from './moto/skipped-types.ts';
import { patienceMs } from './synthesized-examples.ts';

/** What a release carries, as somebody has unpacked it; its template is in reach of moto. */
const folder = mkdtempSync(join(tmpdir(), 'without-cdk-'));
const templateName = 'eks-nlb-auditor.template.json';
let released: Template;

beforeAll(async () => {
  const files = await releaseFiles();
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  released = JSON.parse(Buffer.from(files[templateName] ?? []).toString());
}, patienceMs);
afterAll(() => rmSync(folder, { recursive: true }));

const useTemplate = (template: Template): void => writeFileSync(join(folder, templateName), JSON.stringify(template));

describe.skipIf(!findCfnLint().found)('cfn-lint', () => {
  test('has nothing against the template', () => {
    useTemplate(released);
    const { status, stdout } = spawnSync('cfn-lint', [join(folder, templateName)], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});

const hasMoto = findMoto().found;
const region = 'eu-west-1';

/** An account in moto with a network and a bucket, and what a stack of it holds. */
async function startAccount() {
  const moto: MotoServer = await startMoto({ account: '111122223333', region });
  const env = { ...process.env, ...moto.env };
  const aws = (...args: string[]) =>
    JSON.parse(execFileSync('aws', [...args, '--output', 'json'], { env, encoding: 'utf8' }) || '{}');
  aws(
    's3api',
    'create-bucket',
    '--bucket',
    'code-of-ours',
    '--create-bucket-configuration',
    `LocationConstraint=${region}`,
  );
  const vpc: string = aws('ec2', 'create-vpc', '--cidr-block', '10.0.0.0/16').Vpc.VpcId;
  const subnets = ['10.0.0.0/24', '10.0.1.0/24'].map(
    (block): string => aws('ec2', 'create-subnet', '--vpc-id', vpc, '--cidr-block', block).Subnet.SubnetId,
  );
  const typesOf = (stack: string): string[] =>
    aws('cloudformation', 'describe-stack-resources', '--stack-name', stack)
      .StackResources.flatMap(({ ResourceType }: { ResourceType?: string }) => ResourceType ?? [])
      .toSorted();
  return { url: moto.url, env, aws, vpc, subnets, typesOf, close: () => moto.close() };
}

/** The types that moto makes of the template for these parameters; a test without engines compares them all with the CDK's. */
const expectedTypes = (given: Record<string, string>): string[] =>
  Object.values(evaluate(digestible(released), given))
    .map(({ Type }) => Type)
    .filter((type) => !skipped.includes(type))
    .toSorted();

describe.skipIf(!hasMoto)('moto', () => {
  let account: Awaited<ReturnType<typeof startAccount>>;
  beforeAll(async () => {
    account = await startAccount();
  }, patienceMs);
  afterAll(() => account?.close());

  test('launches the template by the command that the upload prints', { timeout: patienceMs }, () => {
    useTemplate(digestible(released));
    const { stdout, stderr, status } = spawnSync('sh', [join(folder, 'upload.sh'), 'code-of-ours'], {
      env: account.env,
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const { Contents } = account.aws('s3api', 'list-objects-v2', '--bucket', 'code-of-ours');
    expect(Contents.map(({ Key }: { Key: string }) => Key.split('/').at(-1)).toSorted()).toEqual([
      'auditor.zip',
      templateName,
      'notifier.zip',
      'reconciler.zip',
      'trigger.zip',
    ]);

    const [command = ''] = /^aws cloudformation [\s\S]*?(?=\n\n)/m.exec(stdout) ?? [];
    const launched = command
      .replace('VPC_ID', account.vpc)
      .replace('SUBNET_ID,SUBNET_ID', account.subnets.join())
      .replace('=CLUSTER ', '=shop ')
      .replace(/SlackWebhookSecret,ParameterValue=$/, 'SlackWebhookSecret,ParameterValue=nlb/webhook');
    execFileSync('sh', ['-c', launched], { env: account.env });
    const [stack] = account.aws('cloudformation', 'describe-stacks', '--stack-name', 'eks-nlb-auditor').Stacks;
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    const given = {
      VpcId: account.vpc,
      SubnetIds: account.subnets.join(),
      Cluster1: 'shop',
      SlackWebhookSecret: 'nlb/webhook',
    };
    expect(account.typesOf('eks-nlb-auditor')).toEqual(expectedTypes({ ...given, CodeBucket: 'b', CodePrefix: 'p/' }));
    const { Functions } = account.aws('lambda', 'list-functions');
    const settings = JSON.stringify(Functions.map(({ Environment }: { Environment: object }) => Environment));
    for (const text of [account.vpc, 'nlb/webhook', ...account.subnets]) expect(settings).toContain(text);
  });

  test('the address that the upload prints fills in the form of the console', () => {
    useTemplate(digestible(released));
    const { stdout } = spawnSync('sh', [join(folder, 'upload.sh'), 'code-of-ours', 'v1/'], {
      env: account.env,
      encoding: 'utf8',
    });
    const address = new URL(/https:\/\/console\S+/.exec(stdout)?.[0] ?? '');
    const fields = new URLSearchParams(address.hash.replace(/^.*\?/, ''));
    expect(Object.fromEntries(fields)).toEqual({
      stackName: 'eks-nlb-auditor',
      templateURL: `https://code-of-ours.s3.${region}.amazonaws.com/v1/${templateName}`,
      param_CodeBucket: 'code-of-ours',
      param_CodePrefix: 'v1/',
    });
  });
});

const terraform = findTerraform();
describe.skipIf(!terraform.found)('terraform', () => {
  const run = (...args: string[]) =>
    spawnSync('terraform', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 });

  test('accepts the module, which plans a stack with the parameters of the template', { timeout: patienceMs }, () => {
    writeFileSync(join(folder, 'main.tf'), callOfModule);
    expect(run(...(terraform.found ? terraform.init : []))).toMatchObject({ status: 0 });
    expect(run('fmt', '-check', '-recursive')).toMatchObject({ status: 0, stdout: '' });
    expect(run('validate').stdout).toContain('The configuration is valid');
    expect(run('plan', '-out=plan', '-no-color')).toMatchObject({ status: 0 });
    const { resource_changes }: Plan = JSON.parse(run('show', '-json', 'plan').stdout);
    const [stack] = resource_changes.filter(({ type }) => type === 'aws_cloudformation_stack');
    const { CodePrefix = '', ...parameters } = stack?.change.after.parameters ?? {};
    expect(parameters).toEqual({
      VpcId: 'vpc-0aaaaaaaaaaaaaa01',
      SubnetIds: 'subnet-0aaaaaaaaaaaaaa01,subnet-0aaaaaaaaaaaaaa02',
      ...Object.fromEntries(
        [1, 2, 3, 4, 5].map((number) => [`Cluster${number}`, ['shop', 'staging'][number - 1] ?? '']),
      ),
      ...Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`ClusterSecurityGroup${number}`, ''])),
      SlackWebhookSecret: '',
      Email: 'sre@example.com',
      GrantOwnAccess: 'true',
      Triggers: 'alarms-and-changes',
      CodeBucket: 'code-of-ours',
    });
    expect(Object.keys({ ...parameters, CodePrefix }).toSorted()).toEqual(
      Object.keys(released['Parameters'] as object).toSorted(),
    );
    const keys = resource_changes.flatMap(({ type, change }) => (type === 'aws_s3_object' ? change.after.key : []));
    const names = ['auditor.zip', templateName, 'notifier.zip', 'reconciler.zip'];
    expect(keys.toSorted()).toEqual(names.map((name) => `${CodePrefix}${name}`));
  });
});

/** What `terraform show` says of a plan. */
interface Plan {
  resource_changes: { type: string; change: { after: { key: string; parameters: Record<string, string> } } }[];
}

/** A configuration that uses the module without an account. */
const callOfModule = `
provider "aws" {
  region                      = "${region}"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

module "auditor" {
  source = "./terraform"

  name             = "audit"
  vpc_id           = "vpc-0aaaaaaaaaaaaaa01"
  subnet_ids       = ["subnet-0aaaaaaaaaaaaaa01", "subnet-0aaaaaaaaaaaaaa02"]
  clusters         = ["shop", "staging"]
  email            = "sre@example.com"
  grant_own_access = true
  triggers = "alarms"
  code_bucket      = "code-of-ours"
}
`.trimStart();
