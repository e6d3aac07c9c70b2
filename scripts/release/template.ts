import { readFileSync } from 'node:fs';
import { App, type CfnElement } from 'aws-cdk-lib';
import type { NlbAuditorConfig } from '../../config/options.ts';
import { NlbAuditorStack } from '../../lib/nlb-auditor-stack.ts';
import { either } from './either.ts';
import { choices, clusterNumbers, parameterGroups, parameters } from './parameters.ts';
import { filledIn, type Json, type Placeholder } from './placeholders.ts';

/** A template of CloudFormation. */
export interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, Json>; Condition?: string }>;
  [section: string]: unknown;
}

type Resource = Template['Resources'][string];

/** A resource as the CDK writes it. */
interface Synthesized {
  Metadata?: unknown;
  DependsOn?: string | string[];
  Properties?: unknown;
}

const texts = {
  vpc: 'vpc-00000000',
  subnet: 'subnet-00000000',
  secret: 'placeholder/webhook',
  email: 'placeholder@example.com',
  cluster: (number: number): string => `placeholder-${number}`,
  securityGroup: (number: number): string => `sg-0000000${number}`,
};

/**
 * The stack of one VPC as a template that needs no CDK: made from that stack, with parameters where a configuration has
 * values, conditions where it has choices, and the functions' code in a bucket of the account.
 */
export function cloudFormationTemplate(): Template {
  const made = combinations(Object.keys(choices))
    .filter((chosen) => sameNames(chosen, possible(chosen)))
    .map((chosen) => ({ chosen, ...synthesized(chosen) }));
  const decided = decide(
    Object.keys(choices),
    (chosen) => made.find((each) => sameNames(each.chosen, possible(chosen)))?.template,
  );
  const { Resources, Outputs } = filledIn(decided, placeholders) as unknown as Template & { Outputs: Json };
  const template: Template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Names the cause of every unhealthy Network Load Balancer target of your EKS clusters',
    Metadata: { 'AWS::CloudFormation::Interface': { ParameterGroups: parameterGroups } },
    Parameters: parameters,
    Conditions: conditions,
    Resources: withConditions(Resources, new Map(made.flatMap(({ code }) => [...code]))),
    Outputs,
  };
  return JSON.parse(readableIds(JSON.stringify(template)));
}

/** Logical ids are made of names, and so of placeholders, without their punctuation. */
const readableIds = (text: string): string =>
  text
    .replaceAll('vpc00000000', 'Vpc')
    .replaceAll('Topicplaceholderexamplecom', 'TopicEmail')
    .replaceAll('Accessplaceholder', 'AccessCluster')
    .replaceAll('KubernetesApisg0000000', 'KubernetesApiCluster');

const conditions = Object.fromEntries([
  ...Object.entries(choices).map(([parameter, { isChosen }]) => [`Has${parameter}`, isChosen]),
  ...clusterNumbers.flatMap((number) =>
    [`Cluster${number}`, `ClusterSecurityGroup${number}`].map((parameter) => [`Has${parameter}`, isGiven(parameter)]),
  ),
]);

const placeholders: Placeholder[] = [
  { text: texts.vpc, inText: { Ref: 'VpcId' } },
  { text: texts.subnet, inText: { 'Fn::Join': ['","', { Ref: 'SubnetIds' }] }, asList: { Ref: 'SubnetIds' } },
  { text: texts.secret, inText: { Ref: 'SlackWebhookSecret' } },
  { text: texts.email, inText: { Ref: 'Email' } },
  ...clusterNumbers.flatMap((number) => [
    { text: texts.cluster(number), inText: { Ref: `Cluster${number}` } },
    { text: texts.securityGroup(number), inText: { Ref: `ClusterSecurityGroup${number}` } },
  ]),
];

/** Changes are chosen together with the triggers only. */
const possible = (chosen: string[]): string[] =>
  chosen.includes('Triggers') ? chosen : chosen.filter((name) => name !== 'Changes');

/** What a stack with these choices is, without what only the CDK reads, and the code of its functions by logical id. */
function synthesized(chosen: string[]): { template: Json; code: Map<string, string> } {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
  const stack = new NlbAuditorStack(app, 'eks-nlb-auditor', { config: configOf(chosen), region: 'eu-west-1' });
  const { auditors, notifier, reconciler, triggers } = stack.auditor;
  const idOf = ({ node }: { node: { defaultChild?: unknown } }) => stack.getLogicalId(node.defaultChild as CfnElement);
  const code = new Map([
    ...auditors.map((auditor): [string, string] => [idOf(auditor.function), 'auditor']),
    [idOf(notifier), 'notifier'],
    ...(reconciler === undefined ? [] : [[idOf(reconciler), 'reconciler'] as [string, string]]),
    ...(triggers === undefined ? [] : [[idOf(triggers.function), 'trigger'] as [string, string]]),
  ]);
  const { Resources, Outputs } = app.synth().getStackByName('eks-nlb-auditor').template;
  for (const resource of Object.values<Synthesized>(Resources)) {
    delete resource.Metadata;
    const referred = JSON.stringify(resource.Properties);
    resource.DependsOn &&= [resource.DependsOn].flat().filter((id) => !referred.includes(`"${id}"`));
  }
  return { template: { Resources, Outputs }, code };
}

function configOf(chosen: string[]): NlbAuditorConfig {
  const vpc = {
    id: texts.vpc,
    region: 'eu-west-1',
    subnetIds: [texts.subnet],
    availabilityZones: ['eu-west-1a'],
    clusters: clusterNumbers.map(texts.cluster),
    clusterSecurityGroupIds: clusterNumbers.map(texts.securityGroup),
  };
  return {
    vpcs: [vpc],
    notify: {
      ...(chosen.includes('SlackWebhookSecret') && { slackWebhookSecret: texts.secret }),
      ...(chosen.includes('Email') && { emails: [texts.email] }),
    },
    grantOwnAccess: chosen.includes('GrantOwnAccess'),
    triggers: chosen.includes('Triggers')
      ? ['alarms', ...(chosen.includes('Changes') ? ['changes' as const] : [])]
      : [],
  };
}

/** Decides between templates by one choice after the other. */
function decide(names: string[], templateOf: (chosen: string[]) => Json | undefined, chosen: string[] = []): Json {
  const [name, ...rest] = names;
  if (name === undefined) return templateOf(chosen) ?? null;
  return either(`Has${name}`, decide(rest, templateOf, [...chosen, name]), decide(rest, templateOf, chosen));
}

/** A resource that is there or not gets a condition; CloudFormation knows no Fn::If around a whole resource. */
function withConditions(resources: Record<string, unknown>, code: Map<string, string>): Record<string, Resource> {
  return Object.fromEntries(
    Object.entries(resources).map(([id, value]) => {
      const resource = conditional(value as Resource);
      const entry = code.get(id);
      if (entry === undefined) return [id, resource];
      return [id, { ...resource, Properties: { ...resource.Properties, Code: codeIn(entry) } }];
    }),
  );
}

function conditional(value: Resource): Resource {
  const [condition, given] = (value as unknown as { 'Fn::If'?: [string, Resource] })['Fn::If'] ?? [];
  if (condition !== undefined && given !== undefined) return { Condition: condition, ...conditional(given) };
  // Access entries and rules are for one cluster each.
  const parameter = /"Ref":"(Cluster(?:SecurityGroup)?\d)"/.exec(JSON.stringify(value))?.[1];
  return parameter === undefined ? value : { ...value, Condition: `Has${parameter}` };
}

const codeIn = (entry: string): Json => ({
  S3Bucket: { Ref: 'CodeBucket' },
  S3Key: { 'Fn::Join': ['', [{ Ref: 'CodePrefix' }, `${entry}.zip`]] },
});

function isGiven(parameter: string): Json {
  return { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: parameter }, ''] }] };
}

function combinations(names: string[]): string[][] {
  const [name, ...rest] = names;
  if (name === undefined) return [[]];
  return combinations(rest).flatMap((others) => [[name, ...others], others]);
}

const sameNames = (one: string[], other: string[]): boolean => one.toSorted().join() === other.toSorted().join();
