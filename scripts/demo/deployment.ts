import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { World } from '../../lab/world/world.ts';

/** A function of the synthesized stack: its bundle and what the stack tells it. */
export interface DeployedFunction {
  bundle: string;
  bytes: number;
  memoryMb: number;
  timeoutMs: number;
  settings: string;
}

export interface Deployment {
  auditor: DeployedFunction;
  notifier: DeployedFunction;
  template: Template;
  remove(): void;
}

/** What `cdk synth` made for CloudFormation. */
export interface Template {
  Resources: Record<string, Resource>;
}

interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties have the shape that their type wants
  Properties: any;
}

/** Synthesizes the stack for the VPC of this world and reads from the template what CloudFormation would create. */
export async function deploy(world: World, table: string): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'eks-nlb-auditor-demo-'));
  const config = join(folder, 'auditor.config.json');
  const out = join(folder, 'cdk.out');
  writeFileSync(config, JSON.stringify(configOf(world)));
  await promisify(execFile)('npx', ['cdk', 'synth', '--quiet', '-c', `config=${config}`, '-o', out], {
    maxBuffer: 2 ** 26,
  });

  const template: Template = JSON.parse(
    readFileSync(join(out, `eks-nlb-auditor-${world.region}.template.json`), 'utf8'),
  );
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const deployed = (inVpc: boolean): DeployedFunction => {
    const resource = functions.find(({ Properties }) => (Properties.VpcConfig !== undefined) === inVpc);
    if (resource === undefined) throw new Error(`the template has no function ${inVpc ? 'inside' : 'outside'} a VPC`);
    const { Code, MemorySize, Timeout, Environment } = resource.Properties;
    const bundle = join(out, `asset.${Code.S3Key.replace(/\.zip$/, '')}`, 'index.mjs');
    const settings = resolve(Environment.Variables.AUDITOR_SETTINGS, (id) =>
      physicalId(id, template.Resources, world, table),
    );
    return { bundle, bytes: statSync(bundle).size, memoryMb: MemorySize, timeoutMs: Timeout * 1000, settings };
  };
  return {
    auditor: deployed(true),
    notifier: deployed(false),
    template,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function configOf({ prober, region, subnets, clusters }: World): object {
  return {
    vpcs: [
      {
        id: prober.vpcId,
        region,
        subnetIds: [prober.subnetId],
        availabilityZones: [subnets.find(({ id }) => id === prober.subnetId)?.zone],
        clusters: clusters.map(({ cluster }) => cluster.name),
      },
    ],
    notify: { slackWebhookSecret: 'eks-nlb-auditor/slack-webhook' },
    elbCallsPerSecond: 10,
  };
}

/** The ids that the lab gives to what CloudFormation would create. */
function physicalId(logicalId: string, resources: Record<string, Resource>, world: World, table: string): string {
  switch (resources[logicalId]?.Type) {
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return table;
    case 'AWS::S3::Bucket':
      return 'eks-nlb-auditor-reports';
    case 'AWS::Events::EventBus':
      return `arn:aws:events:${world.region}:${world.account}:event-bus/eks-nlb-auditor`;
    case 'AWS::SNS::Topic':
      return world.topics[0] ?? '';
    case 'AWS::EC2::SecurityGroup':
      return world.prober.securityGroupId;
    default:
      throw new Error(`no idea what ${logicalId} is in the lab`);
  }
}

/** A property with its Ref, Fn::GetAtt and Fn::Join worked out. */
function resolve(value: unknown, idOf: (logicalId: string) => string): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return idOf(Ref);
  if (Array.isArray(attribute)) return idOf(attribute[0]);
  if (Array.isArray(join)) return join[1].map((part: unknown) => resolve(part, idOf)).join(join[0]);
  throw new Error(`no idea how to resolve ${JSON.stringify(value)}`);
}
