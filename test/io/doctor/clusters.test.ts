import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Cluster } from '../../../core/model/aws.ts';
import type { Gap } from '../../../core/model/gap.ts';
import { examineCluster } from '../../../io/doctor/clusters.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';

const [lead] = healthy.build().clusters;
if (lead === undefined) throw new Error('the healthy world has no cluster');
const roleArn = 'arn:aws:iam::111122223333:role/auditor';
const vantage = { kind: 'outside', note: 'a laptop' } as const;

const unknownReader: Gap = {
  slice: 'services',
  scope: { kind: 'cluster', name: 'shop' },
  reason: 'denied',
  action: 'list services',
  message: 'Unauthorized',
  remedy: '',
};

async function listeningCluster(change: Partial<Cluster>): Promise<Cluster> {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { ...(lead as { cluster: Cluster }).cluster, endpoint: `https://127.0.0.1:${port}`, ...change };
}

const entry = '--region eu-west-1 --cluster-name shop --principal-arn arn:aws:iam::111122223333:role/auditor';
const scope = '--access-scope type=cluster --policy-arn arn:aws:eks::aws:cluster-access-policy';
const commands = [
  `aws eks create-access-entry ${entry} --kubernetes-groups eks-nlb-auditor:viewers`,
  `aws eks associate-access-policy ${entry} ${scope}/AmazonEKSViewPolicy`,
  `aws eks associate-access-policy ${entry} ${scope}/AmazonAIOpsAssistantPolicy`,
];

test('a reader whom the cluster does not know gets the commands of its access entry', async () => {
  const cluster = await listeningCluster({ authenticationMode: 'API' });
  const examinations = await examineCluster({ cluster, gaps: [unknownReader], vantage, roleArn });
  expect(examinations.filter(({ ok }) => !ok)).toEqual([
    { what: 'shop: access entry', ok: false, saw: 'Unauthorized', mend: commands },
  ]);
});

test('a cluster that takes no access entries gets the command that changes that first', async () => {
  const cluster = await listeningCluster({ authenticationMode: 'CONFIG_MAP' });
  const examinations = await examineCluster({ cluster, gaps: [unknownReader], vantage, roleArn });
  expect(examinations.find(({ ok }) => !ok)?.mend).toEqual([
    'aws eks update-cluster-config --region eu-west-1 --name shop --access-config authenticationMode=API_AND_CONFIG_MAP',
    ...commands,
  ]);
});

test('a cluster that is being created is waited for', async () => {
  const cluster = await listeningCluster({ endpoint: '', status: 'CREATING' });
  expect(await examineCluster({ cluster, gaps: [], vantage, roleArn })).toEqual([
    {
      what: 'shop: connection to the API server',
      ok: false,
      saw: 'no endpoint yet (status CREATING)',
      mend: ['aws eks wait cluster-active --region eu-west-1 --name shop'],
    },
  ]);
});
