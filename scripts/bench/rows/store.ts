import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { prices, runsMonth } from '../../cost/prices.ts';
import { child } from '../child.ts';
import type { Row } from '../row.ts';
import { type StorePhase, type StoreRun, whatFirstSaveTakes, whatReadingTakes } from './store-figures.ts';

/** Open findings, and dollars a month that they may cost. */
const sizes = [
  { findings: 3200, mostDollars: 5 },
  { findings: 10_000, mostDollars: 15 },
];
const mostSeconds = 1;
/** Of all findings, changed each day: opened, changed or resolved. */
const dailyChange = 0.05;

/** Memory between runs, with all findings open. */
export const store: Row = {
  id: 'store',
  what: 'memory of 3,200 and 10,000 open findings, run after run, against dynalite in a separate process',
  goal: `save of 3,200 ≤ ${mostSeconds} s; DynamoDB ≤ ${sizes.map(({ mostDollars }) => `$${mostDollars}`).join(' and ')} a month`,
  async measure() {
    const measured = [];
    for (const size of sizes) measured.push({ ...size, ...(await measureOne(size.findings)) });
    const priced = measured.map((run) => ({ ...run, dollars: dollarsAMonth(run) }));
    const [small] = priced;
    return {
      result:
        `${small?.findings} findings saved in ${small?.saveSeconds.toFixed(2)} s at first; ` +
        priced.map(({ findings, dollars }) => `$${dollars.toFixed(2)} a month for ${findings}`).join(', '),
      met:
        priced.every(({ dollars, mostDollars }) => dollars <= mostDollars) && (small?.saveSeconds ?? 0) <= mostSeconds,
      tables: [
        ...priced.map(({ findings, phases }) => ({ title: `${findings} findings`, lines: phases.map(line) })),
        {
          title: 'DynamoDB a month',
          lines: priced.map(({ findings, tableMb, dollars }) => ({
            findings,
            'table, MB': round(tableMb),
            dollars: round(dollars),
          })),
        },
      ],
      notes: [
        `The price is that of a run every 5 minutes that sees what the one before saw, with ${dailyChange * 100} % of the findings changed a day, and of what is stored (\`scripts/cost/prices.ts\`). Units are those that dynalite reports as consumed; it takes one request at a time.`,
        ...priced.map(whatFirstSaveTakes),
        ...priced.map(whatReadingTakes),
        'Members of one cause beyond what an item takes are in separate items: `test/io/store/long-list.test.ts` has 20,000 Services of one cluster.',
        'Each incident is a separate item, because the notifier and the buttons of a message write single incidents while a run does, each on a condition: a batch of DynamoDB takes no conditions, and a transaction bills twice. They are written after the findings, so that their time delays no finding; an unchanged one is not written.',
      ],
    };
  },
};

async function measureOne(findings: number): Promise<StoreRun> {
  const server = dynalite({ createTableMs: 0 });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  };
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  await client.send(
    new CreateTableCommand({
      TableName: 'bench',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  client.destroy();
  const before = process.cpuUsage();
  const run = await child<StoreRun>(['scripts/bench/rows/store-run.ts', findings], env);
  const { user, system } = process.cpuUsage(before);
  server.close();
  return { ...run, tableCpuSeconds: (user + system) / 1e6 };
}

function dollarsAMonth({ phases, tableMb, findings }: StoreRun & { findings: number }): number {
  const costOf = (prefix: string): number =>
    phases
      .filter(({ phase }) => phase.startsWith(prefix))
      .reduce(
        (sum, { readUnits, writeUnits }) => sum + readUnits * prices.tableRead + writeUnits * prices.tableWrite,
        0,
      );
  const changed = Math.ceil(findings / 20);
  const eachChange = Math.max(0, costOf('changed') - costOf('same')) / changed;
  return costOf('same') * runsMonth + eachChange * findings * dailyChange * 30 + (tableMb / 1024) * prices.tableGbMonth;
}

const line = ({ phase, ...figures }: StorePhase): Record<string, string | number> => ({
  part: phase,
  ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)])),
});

const round = (value: number): number => Number(value.toFixed(2));
