import { DescribeTagsCommand, type ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancer, TargetGroup } from '../../core/model/aws.ts';
import { byKey } from '../aws/by-key.ts';
import type { Ledger } from '../aws/ledger.ts';

export interface Tagged {
  loadBalancers: LoadBalancer[];
  targetGroups: TargetGroup[];
}

/** DescribeTags takes up to 20 ARNs, load balancers and target groups mixed (ELBv2 API reference). */
const batch = 20;

/** The same load balancers and target groups with their tags. */
export async function withTags(elbv2: ElasticLoadBalancingV2Client, book: Ledger, bare: Tagged): Promise<Tagged> {
  const groups = new Set(bare.targetGroups.map(({ arn }) => arn));
  const arns = [...bare.loadBalancers, ...bare.targetGroups].map(({ arn }) => arn);
  const batches = Array.from({ length: Math.ceil(arns.length / batch) }, (_, index) =>
    arns.slice(index * batch, (index + 1) * batch),
  );
  const hides = (arn: string) =>
    groups.has(arn)
      ? ({ slice: 'targetGroups', scope: { kind: 'target-group', arn } } as const)
      : ({ slice: 'loadBalancers', scope: { kind: 'all' } } as const);
  const answers = await Promise.all(
    batches.map((some) =>
      book.read({ action: 'elasticloadbalancing:DescribeTags', hides: some.map(hides) }, [], () => read(elbv2, some)),
    ),
  );
  const tags = new Map(answers.flat());
  return {
    loadBalancers: bare.loadBalancers.map((balancer) => ({ ...balancer, tags: tags.get(balancer.arn) ?? {} })),
    targetGroups: bare.targetGroups.map((group) => ({ ...group, tags: tags.get(group.arn) ?? {} })),
  };
}

async function read(
  elbv2: ElasticLoadBalancingV2Client,
  arns: string[],
): Promise<[arn: string, tags: Record<string, string>][]> {
  const { TagDescriptions } = await elbv2.send(new DescribeTagsCommand({ ResourceArns: arns }));
  return (TagDescriptions ?? []).map(({ ResourceArn, Tags }) => [ResourceArn ?? '', byKey(Tags)]);
}
