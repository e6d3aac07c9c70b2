import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { beforeAll, expect, test } from 'vitest';
import type { NlbAuditorConfig } from '../../../config/options.ts';
import { NlbAuditorStack } from '../../../lib/nlb-auditor-stack.ts';
import type { Json } from '../../../scripts/release/placeholders.ts';
import { cloudFormationTemplate, type Template } from '../../../scripts/release/template.ts';
import { evaluate, type Given } from './evaluate.ts';

const vpc = {
  id: 'vpc-0aaaaaaaaaaaaaa01',
  region: 'eu-west-1',
  subnetIds: ['subnet-0aaaaaaaaaaaaaa01', 'subnet-0aaaaaaaaaaaaaa02'],
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
};
const network = { VpcId: vpc.id, SubnetIds: vpc.subnetIds.join(), CodeBucket: 'code', CodePrefix: 'v1/' };

let template: Template;
beforeAll(() => {
  template = cloudFormationTemplate();
});

const cases: { name: string; given: Given; config: NlbAuditorConfig }[] = [
  { name: 'nothing chosen', given: {}, config: { vpcs: [vpc] } },
  {
    name: 'two clusters and Slack',
    given: { Cluster1: 'shop', Cluster2: 'staging', SlackWebhookSecret: 'nlb/webhook' },
    config: { vpcs: [{ ...vpc, clusters: ['shop', 'staging'] }], notify: { slackWebhookSecret: 'nlb/webhook' } },
  },
  {
    name: 'private endpoints, e-mail and access that it gives itself',
    given: { ClusterSecurityGroup1: 'sg-0aaaaaaaaaaaaaa01', Email: 'sre@example.com', GrantOwnAccess: 'true' },
    config: {
      vpcs: [{ ...vpc, clusterSecurityGroupIds: ['sg-0aaaaaaaaaaaaaa01'] }],
      notify: { emails: ['sre@example.com'] },
      grantOwnAccess: true,
    },
  },
  {
    name: 'audits that an alarm starts',
    given: { Triggers: 'alarms' },
    config: { vpcs: [vpc], triggers: ['alarms'] },
  },
  {
    name: 'everything',
    given: {
      ...Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`Cluster${number}`, `cluster-${number}`])),
      SlackWebhookSecret: 'nlb/webhook',
      Email: 'sre@example.com',
      GrantOwnAccess: 'true',
      Triggers: 'alarms-and-changes',
    },
    config: {
      vpcs: [{ ...vpc, clusters: [1, 2, 3, 4, 5].map((number) => `cluster-${number}`) }],
      notify: { slackWebhookSecret: 'nlb/webhook', emails: ['sre@example.com'] },
      grantOwnAccess: true,
      triggers: ['alarms', 'changes'],
    },
  },
];

test.each(cases)('the template makes the resources of the CDK stack: $name', ({ given, config }) => {
  const made = comparable(evaluate(template, { ...network, ...given }), given);
  const byCdk = comparable(resourcesOf(config), given);
  expect(made.length).toBeGreaterThan(35);
  expect(made).toEqual(byCdk);
});

test('a template without a statement of a policy would be noticed', () => {
  const broken: Template = structuredClone(template);
  const policy = Object.values(broken.Resources).find(({ Type }) => Type === 'AWS::IAM::Policy');
  const document = policy?.Properties?.['PolicyDocument'] as { Statement: Json[] };
  document.Statement.pop();
  expect(comparable(evaluate(broken, network), {})).not.toEqual(comparable(resourcesOf({ vpcs: [vpc] }), {}));
});

test('no placeholder, Region, account or bucket of the CDK is left in it, and no parameter without a use', () => {
  const text = JSON.stringify(template);
  expect(text).not.toMatch(/0{7}|placeholder|eu-west-1|cdk-hnb|\d{12}/);
  const unused = Object.keys(template['Parameters'] as object).filter((name) => !text.includes(`{"Ref":"${name}"}`));
  expect(unused).toEqual([]);
  expect(text.length).toBeLessThan(1_000_000);
});

/** Resources of the stack as the CDK would deploy it, without what only the CDK reads. */
function resourcesOf(config: NlbAuditorConfig): Template['Resources'] {
  const { context } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8'));
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
  new NlbAuditorStack(app, 'eks-nlb-auditor', { config, region: 'eu-west-1' });
  return app.synth().getStackByName('eks-nlb-auditor').template.Resources;
}

/** Texts of all resources, in one order, with neutral names, and code wherever it lies. */
function comparable(resources: Template['Resources'], given: Given): string[] {
  const named = Object.entries(resources).map(([id, resource]) => {
    const { Metadata: _, DependsOn: __, ...rest } = resource as typeof resource & { Metadata?: Json; DependsOn?: Json };
    const Properties = { ...rest.Properties };
    if (rest.Type === 'AWS::Lambda::Function') delete Properties['Code'];
    return [id, { ...rest, Properties }] as const;
  });
  const names = new Map(named.map(([id]) => [id, neutral(id, given)]));
  const renamed = (text: string): string => text.replaceAll(/[A-Za-z0-9]{12,}/g, (word) => names.get(word) ?? word);
  return named.map(([id, resource]) => renamed(JSON.stringify([id, sortedKeys(resource as Json)]))).toSorted();
}

/** A logical id without its hash and without what it owes to values. */
function neutral(id: string, given: Given): string {
  const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, '');
  const values = [vpc.id, ...Object.values(given).filter((value) => value !== 'true')].map(plain);
  const words = values.reduce((text, value) => text.replaceAll(value, ''), id.replace(/[0-9A-F]{8}$/, ''));
  return words.replace(/Vpc|Email$|(?<=Access)Cluster\d|(?<=KubernetesApi)Cluster\d/g, '');
}

function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sortedKeys(each)]));
}
