import { kubernetesReads } from '../../config/permissions.ts';
import type { Cluster } from '../../core/model/aws.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { Vantage } from '../../core/model/probe-result.ts';
import { nameFixes, said } from './aws-endpoints.ts';
import type { Examination } from './examination.ts';
import { reach } from './reach.ts';

export interface ClusterCase {
  cluster: Cluster;
  /** What an audit could not read of this cluster. */
  gaps: Gap[];
  vantage: Vantage;
  /** Who reads; `undefined` where STS does not answer. */
  roleArn: string | undefined;
}

/** Whether the API server of a cluster is reached, knows the reader, and shows what an audit reads. */
export async function examineCluster(given: ClusterCase): Promise<Examination[]> {
  const { cluster, gaps } = given;
  const path = await examinePath(given);
  if (!path.ok) return [path];
  const refused = gaps.filter(({ reason }) => reason === 'denied');
  const stranger = refused.find(({ action, message }) => action === 'list services' && !/forbidden/i.test(message));
  if (stranger) {
    const what = `${cluster.name}: access entry`;
    return [path, { what, ok: false, saw: stranger.message, mend: entryCommands(given) }];
  }
  const reads = kubernetesReads
    .filter(({ group }) => group !== 'eks.amazonaws.com' || cluster.autoModeLoadBalancing)
    .flatMap(({ resource, verbs }) => verbs.map((verb) => `${verb} ${resource}`));
  const byRead = [...new Set(reads)].map((read): Examination => {
    const gap = gaps.find(({ action }) => action === read);
    const what = `${cluster.name}: ${read}`;
    if (gap === undefined) return { what, ok: true, saw: 'was answered', mend: [] };
    return { what, ok: false, saw: gap.message, mend: gap.reason === 'denied' ? grants(cluster) : [gap.remedy] };
  });
  return [path, ...byRead];
}

async function examinePath({ cluster, vantage }: ClusterCase): Promise<Examination> {
  const url = URL.parse(cluster.endpoint);
  const what = `${cluster.name}: connection to the API server`;
  if (url === null)
    return { what, ok: false, saw: `no endpoint yet (status ${cluster.status})`, mend: [waiting(cluster)] };
  const found = await reach(url.hostname, url.port === '' ? 443 : Number(url.port));
  if (found.kind === 'open') return { what, ok: true, saw: said(found), mend: [] };
  const inside = vantage.kind === 'vpc' && vantage.vpcId === cluster.vpcId;
  const fixes =
    found.kind === 'no-name' ? nameFixes(cluster.vpcId) : inside ? admission(cluster, vantage) : fromOutside(cluster);
  return { what, ok: false, saw: said(found), mend: fixes };
}

const waiting = ({ name, arn }: Cluster): string =>
  `aws eks wait cluster-active --region ${arn.split(':')[3]} --name ${name}`;

function admission({ clusterSecurityGroupId = 'CLUSTER_SECURITY_GROUP' }: Cluster, vantage: Vantage): string[] {
  const own = (vantage.kind === 'vpc' && vantage.securityGroupIds[0]) || 'AUDITOR_SECURITY_GROUP';
  return [
    `auditor.config.json: give the VPC "clusterSecurityGroupIds": ["${clusterSecurityGroupId}"], or`,
    `aws ec2 authorize-security-group-ingress --group-id ${clusterSecurityGroupId} --protocol tcp --port 443 --source-group ${own}`,
  ];
}

const fromOutside = ({ name, endpointPublicAccess }: Cluster): string[] =>
  endpointPublicAccess
    ? [`aws eks update-cluster-config --name ${name} --resources-vpc-config publicAccessCidrs=YOUR_ADDRESS/32`]
    : [`run the doctor inside the VPC of ${name}: invoke its auditor with {"doctor": true}`];

const policies = ['AmazonEKSViewPolicy', 'AmazonAIOpsAssistantPolicy'];

function entryCommands({ cluster: { name, arn, authenticationMode }, roleArn = 'ROLE_ARN' }: ClusterCase): string[] {
  const [, partition = 'aws', , region] = arn.split(':');
  const entry = `--region ${region} --cluster-name ${name} --principal-arn ${roleArn}`;
  return [
    ...(authenticationMode === 'CONFIG_MAP'
      ? [
          `aws eks update-cluster-config --region ${region} --name ${name} --access-config authenticationMode=API_AND_CONFIG_MAP`,
        ]
      : []),
    `aws eks create-access-entry ${entry} --kubernetes-groups eks-nlb-auditor:viewers`,
    ...policies.map(
      (policy) =>
        `aws eks associate-access-policy ${entry} --access-scope type=cluster --policy-arn arn:${partition}:eks::aws:cluster-access-policy/${policy}`,
    ),
  ];
}

const grants = ({ name, arn }: Cluster): string[] => [
  `aws eks update-kubeconfig --region ${arn.split(':')[3]} --name ${name} && kubectl apply -f docs/rbac.yaml`,
];
