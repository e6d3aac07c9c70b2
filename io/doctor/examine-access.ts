import { awsActions } from '../../config/permissions.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import { barredProbes } from '../../core/probes/access.ts';
import type { Clients } from '../aws/clients.ts';
import { awsRemedy } from '../aws/remedy.ts';
import type { PastWanted } from '../history/with-past.ts';
import { examineAwsEndpoints } from './aws-endpoints.ts';
import { examineCluster } from './clusters.ts';
import type { Examination } from './examination.ts';
import { type Reader, readReader } from './reader.ts';
import { tryPast } from './try-past.ts';

/** What an audit read just before, with the clients that are still open. */
export interface Audited {
  inventory: Inventory;
  facts: Facts[];
  clients: Clients;
  /** What of the time before a run is configured to be read. */
  past: PastWanted;
  /** Where reports are to be kept. */
  reportBucket?: string;
}

/** Everything that an audit needs: AWS permissions, those of what is configured to be read of the past too, ways to AWS and to clusters, access to clusters, ways of probes. */
export async function examineAccess({
  inventory,
  facts,
  clients,
  past,
  reportBucket,
}: Audited): Promise<Examination[]> {
  const gaps = [
    ...inventory.gaps,
    ...facts.flatMap((each) => each.gaps),
    ...(await tryPast({ past, inventory, facts, clients })),
  ];
  const vantage = facts.find(({ vantage: { kind } }) => kind === 'vpc')?.vantage;
  const reader = await readReader(clients);
  const roleArn = 'arn' in reader ? reader.arn : undefined;
  const [endpoints, clusters] = await Promise.all([
    examineAwsEndpoints({ clients, vpcId: vantage?.kind === 'vpc' ? vantage.vpcId : undefined, reportBucket }),
    Promise.all(
      inventory.clusters.map((cluster) => {
        const own = facts.find((each) => each.cluster?.name === cluster.name);
        return examineCluster({
          cluster,
          gaps: own?.gaps ?? [],
          vantage: own?.vantage ?? { kind: 'outside', note: '' },
          roleArn,
        });
      }),
    ),
  ]);
  const permissions = examinePermissions([...gaps, ...unknownCaller(reader)], clients.usage().apiCalls);
  return [...endpoints, ...permissions, ...clusters.flat(), ...facts.flatMap(examineProbes)];
}

const sts = 'sts:GetCallerIdentity';

/** An audit does without STS, so that it has no gap of its own there. */
const unknownCaller = (reader: Reader): Pick<Gap, 'action' | 'reason' | 'message' | 'remedy'>[] =>
  'arn' in reader ? [] : [{ action: sts, ...reader.refusal, remedy: awsRemedy(reader.refusal.reason, sts) }];

/** Actions of which no call was made, because nothing asked for one, are left out. */
function examinePermissions(
  gaps: Pick<Gap, 'action' | 'reason' | 'message' | 'remedy'>[],
  calls: Record<string, number>,
): Examination[] {
  const tried = new Set(awsActions.map(({ action }) => action).filter((action) => action in calls));
  return [...tried].map((action) => {
    const gap = gaps.find((each) => each.action === action);
    if (gap === undefined) return { what: action, ok: true, saw: 'was answered', mend: [] };
    return { what: action, ok: false, saw: `${gap.reason}: ${gap.message}`, mend: [gap.remedy] };
  });
}

function examineProbes(facts: Facts): Examination[] {
  const { vantage, cluster, vpcId } = facts;
  if (vantage.kind === 'outside' || vantage.securityGroupIds.length === 0) return [];
  const place = cluster?.name ?? vpcId;
  const barred = barredProbes(facts);
  if (barred.length === 0) return [{ what: `${place}: way of probes`, ok: true, saw: 'no rule bars one', mend: [] }];
  return barred.map(({ securityGroupIds, port, targets, by }) => ({
    what: `${place}: way of probes to port ${port}`,
    ok: false,
    saw: `${targets} targets are out of reach: ${by}`,
    mend: securityGroupIds
      .slice(0, 1)
      .map(
        (id) =>
          `aws ec2 authorize-security-group-ingress --group-id ${id} --protocol tcp --port ${port} --source-group ${vantage.securityGroupIds[0]}`,
      ),
  }));
}
