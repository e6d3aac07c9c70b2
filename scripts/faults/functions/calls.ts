import type { Call } from '../calls.ts';
import type { Api } from '../refusal.ts';

const rows = (by: NonNullable<Call['by']>, api: Api, ids: string[]): Call[] => ids.map((id) => ({ id, api, by }));

const items = (action: string, kinds: string[]): string[] => kinds.map((kind) => `dynamodb:${action} ${kind}`);

/** Every call by which functions remember, hand over, tell, answer and grant; a test lets them live and compares. */
export const functionCalls: Call[] = [
  ...rows('auditor', 'json', [
    ...items('PutItem', ['SCOPES', 'PACK', 'SEEN', 'SETUP', 'RUN', 'SURVEY']),
    ...items('UpdateItem', ['LEASE', 'INCIDENT']),
    ...items('Query', ['FINDING', 'PACK', 'SEEN', 'INCIDENT', 'REST', 'MUTES', 'SETUP', 'SURVEY']),
    ...items('BatchWriteItem', ['HISTORY']),
    ...items('DeleteItem', ['REST']),
  ]),
  ...rows('auditor', 's3', ['s3:PutObject report']),
  ...rows('notifier', 'json', [
    ...items('GetItem', ['INCIDENT']),
    ...items('UpdateItem', ['INCIDENT']),
    ...items('Query', ['SCOPES', 'INCIDENT']),
    'secretsmanager:GetSecretValue',
    'events:PutEvents',
  ]),
  ...rows('notifier', 'query', ['sns:Publish']),
  ...rows('notifier', 'slack', ['slack:chat.postMessage', 'slack:chat.update']),
  ...rows('notifier', 'web', ['slack:webhook', 'teams:workflow', 'pagerduty:enqueue']),
  ...rows('interactions', 'json', [...items('PutItem', ['REQUESTS', 'MUTES']), 'secretsmanager:GetSecretValue']),
  ...rows('interactions', 'rest', ['lambda:InvokeFunction']),
  ...rows('interactions', 'web', ['slack:response_url']),
  ...rows('trigger', 'query', ['elasticloadbalancing:DescribeTargetGroups']),
  ...rows('trigger', 'json', [...items('UpdateItem', ['TRIGGERS']), ...items('Query', ['SETUP'])]),
  ...rows('trigger', 'rest', ['lambda:InvokeFunction']),
  ...rows('reconciler', 'rest', [
    'eks:ListClusters',
    'eks:DescribeCluster',
    'eks:CreateAccessEntry',
    'eks:DescribeAccessEntry',
    'eks:ListAssociatedAccessPolicies',
    'eks:AssociateAccessPolicy',
  ]),
  ...rows('stages', 's3', [
    's3:PutObject plan',
    's3:PutObject items',
    's3:PutObject network',
    's3:PutObject readings',
    's3:PutObject part',
    's3:GetObject plan',
    's3:GetObject network',
    's3:GetObject part',
    's3:GetObject readings',
  ]),
];
