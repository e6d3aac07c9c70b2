import { randomUUID } from 'node:crypto';
import { CreateAccessEntryCommand, EKSClient, paginateListAssociatedAccessPolicies } from '@aws-sdk/client-eks';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster } from '../../../lab/world/cluster.ts';
import { type Deployment, deploy, served } from './deployment.ts';
import { fresh } from './fresh.ts';
import { contextOf } from './lambda-context.ts';
import type { Play } from './play.ts';

type Handler = typeof import('../../../lambda/reconciler.ts')['handler'];

const principalArn = 'arn:aws:iam::111122223333:role/auditor';
const policyArns = ['AmazonEKSViewPolicy', 'AmazonAIOpsAssistantPolicy'].map(
  (name) => `arn:aws:eks::aws:cluster-access-policy/${name}`,
);

/** The reconciler: what it could not grant is named, and granted at the next time. */
export async function grantPlay(): Promise<Play & { deployment: Deployment }> {
  const account = buildAccount({ network: '127.63' });
  const vpcIds = account.vpcs.map(({ id }) => id);
  const deployment = await deploy(account);
  const { lab, proxy } = deployment;
  const settings = { vpcIds, entry: { principalArn, kubernetesGroups: ['eks-nlb-auditor:viewers'], policyArns } };
  const env = { ...deployment.env, AUDITOR_SETTINGS: JSON.stringify(settings) };
  const direct = new EKSClient({
    endpoint: lab.env['AWS_ENDPOINT_URL'] ?? '',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  let turn = 0;

  async function reconcile(): Promise<unknown> {
    const { handler } = await fresh<{ handler: Handler }>('reconciler');
    return handler({}, contextOf(randomUUID()));
  }

  return {
    deployment: { ...deployment, env },
    allottedMs: 60_000,
    async begin() {
      turn += 1;
      const world = buildAccount({ network: '127.63' });
      // Entries stay with their cluster: every case has clusters of its own.
      for (const name of [`new-${turn}`, `bare-${turn}`]) addCluster(world, { name });
      await lab.apply(served(world, deployment));
      await direct.send(new CreateAccessEntryCommand({ clusterName: `bare-${turn}`, principalArn }));
      proxy.spare();
    },
    act: reconcile,
    during: () => [],
    async recover() {
      await reconcile();
      const lacking = [];
      for (const clusterName of [`new-${turn}`, `bare-${turn}`]) {
        const found = [];
        for await (const page of paginateListAssociatedAccessPolicies(
          { client: direct },
          { clusterName, principalArn },
        ))
          found.push(...(page.associatedAccessPolicies ?? []));
        if (found.length !== policyArns.length) lacking.push(`${clusterName} has ${found.length} policies`);
      }
      return { violations: lacking, duplicates: 0 };
    },
    async close() {
      direct.destroy();
      await deployment.close();
    },
  };
}
