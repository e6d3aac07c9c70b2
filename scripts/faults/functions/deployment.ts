import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Settings } from '../../../config/settings.ts';
import type { Lab } from '../../../lab/lab.ts';
import { startLab } from '../../../lab/start.ts';
import type { World } from '../../../lab/world/world.ts';
import { type FaultProxy, openProxy } from '../proxy.ts';
import { collectStream } from './stream-records.ts';

export const topicArn = 'arn:aws:sns:eu-west-1:111122223333:findings';
export const busArn = 'arn:aws:events:eu-west-1:111122223333:event-bus/findings';
export const table = 'eks-nlb-auditor';
export const signingSecret = '0123456789abcdef0123456789abcdef';
const bucket = 'eks-nlb-auditor-reports';

/** One item of the table. */
export type Item = Record<string, unknown>;

/** The stack's functions in front of the proxy, with every kind of channel. */
export interface Deployment {
  lab: Lab;
  proxy: FaultProxy;
  /** Must be the environment of this process while functions run. */
  env: Record<string, string>;
  /** Everything in the table. */
  items(): Promise<Item[]>;
  /** Puts the table into that state again, unnoticed by its stream. */
  restore(items: Item[]): Promise<void>;
  /** Records of the table's stream that nobody has taken yet. */
  takeRecords(): DynamoDBStreamEvent;
  close(): Promise<void>;
}

const secretNames = { slack: 'nlb/slack', webhook: 'nlb/webhook', teams: 'nlb/teams', pagerDuty: 'nlb/pagerduty' };

/** Deploys in front of a world in which nothing listens. */
export async function deploy(world: World, settings: Partial<Settings> = {}): Promise<Deployment> {
  const lab = await startLab(world, { sockets: false, table, bucket });
  const proxy = await openProxy(lab);
  const direct = new DynamoDBClient({ endpoint: lab.env['AWS_ENDPOINT_URL'] ?? '', region: 'eu-west-1', credentials });
  const documents = DynamoDBDocumentClient.from(direct);
  const records = collectStream(lab);
  await lab.apply(served(world, { lab, proxy }));

  async function items(): Promise<Item[]> {
    const all: Item[] = [];
    for await (const page of paginateScan({ client: documents }, { TableName: table })) all.push(...(page.Items ?? []));
    return all;
  }

  return {
    lab,
    proxy,
    env: { ...proxy.env, AUDITOR_SETTINGS: JSON.stringify(settingsFor({ lab, proxy }, settings)) },
    items,
    async restore(wanted) {
      const now = new Set((await items()).map(jsonOf));
      const then = new Set(wanted.map(jsonOf));
      // One after the other: the lab writes one item at a time.
      for (const { pk, sk } of [...now].filter((json) => !then.has(json)).map(itemIn)) {
        await documents.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
      }
      for (const item of wanted) {
        if (!now.has(jsonOf(item))) await documents.send(new PutCommand({ TableName: table, Item: item }));
      }
      records.take();
    },
    takeRecords: records.take,
    async close() {
      direct.destroy();
      await proxy.close();
      await lab.close();
    },
  };
}

/** Equal for equal items. */
const jsonOf = (item: Item): string => JSON.stringify(item);
const itemIn = (json: string): Item => JSON.parse(json);

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** The world with what a stack has in it: topic, bus and secrets, whose channels are behind the proxy. */
export function served(world: World, { lab, proxy }: Pick<Deployment, 'lab' | 'proxy'>): World {
  const { channels } = proxy;
  return {
    ...world,
    topics: [topicArn],
    buses: [busArn],
    secrets: {
      [secretNames.slack]: lab.slack.token,
      [secretNames.webhook]: channels.slackWebhook,
      [secretNames.teams]: channels.teams,
      [secretNames.pagerDuty]: lab.pagerDuty.routingKey,
      'nlb/signing': signingSecret,
    },
  };
}

const settingsFor = ({ lab, proxy }: Pick<Deployment, 'lab' | 'proxy'>, settings: Partial<Settings>): object => ({
  name: 'eks-nlb-auditor',
  table,
  topicArn,
  eventBusArn: busArn,
  reportBucket: bucket,
  planBucket: bucket,
  channels: [
    {
      name: 'app',
      to: { type: 'slack', channel: lab.slack.channel, secret: secretNames.slack, apiUrl: proxy.channels.slackApi },
    },
    { name: 'webhook', to: { type: 'slack-webhook', secret: secretNames.webhook } },
    { name: 'teams', to: { type: 'teams', secret: secretNames.teams } },
    { name: 'pager', to: { type: 'pagerduty', secret: secretNames.pagerDuty, apiUrl: proxy.channels.pagerDuty } },
  ],
  buttons: { signingSecret: 'nlb/signing' },
  elbCallsPerSecond: 1000,
  probe: false,
  ...settings,
});
