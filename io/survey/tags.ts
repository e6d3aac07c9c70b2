import { DescribeTagsCommand, type ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { byKey } from '../aws/by-key.ts';

type Tags = Record<string, string>;

/** DescribeTags takes up to 20 ARNs, load balancers and target groups mixed (ELBv2 API reference). */
const batch = 20;

/**
 * Reads tags of load balancers and target groups, twenty at once in the order given: the first who wants one of them
 * has them all read. Rejects where the call does.
 */
export function tagReader(
  elbv2: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): (arn: string) => Promise<Tags> {
  const positions = new Map(arns.map((arn, index) => [arn, index]));
  const answers = new Map<number, Promise<Map<string, Tags>>>();
  return async (arn) => {
    const number = Math.floor((positions.get(arn) ?? 0) / batch);
    const answer = answers.get(number) ?? read(elbv2, arns.slice(number * batch, (number + 1) * batch));
    answers.set(number, answer);
    return (await answer).get(arn) ?? {};
  };
}

async function read(elbv2: ElasticLoadBalancingV2Client, arns: string[]): Promise<Map<string, Tags>> {
  const { TagDescriptions } = await elbv2.send(new DescribeTagsCommand({ ResourceArns: arns }));
  return new Map((TagDescriptions ?? []).map(({ ResourceArn, Tags }) => [ResourceArn ?? '', byKey(Tags)]));
}
