import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readTags } from '../../core/controllers/tags.ts';
import type { Listener } from '../../core/model/aws.ts';
import { type Dated, type KnownResource, longestAges, stillKnown } from '../../core/survey/survey-memory.ts';
import { listListeners } from './listeners.ts';
import { loadBalancerAttributes } from './load-balancers.ts';
import { tagReader } from './tags.ts';
import { targetGroupAttributes } from './target-groups.ts';

type Values = Record<string, string>;

/** Answers of Elastic Load Balancing that hardly change: from memory where that is young enough, else read, each once. */
export interface Answers {
  tags(arn: string): Promise<Values>;
  /** `isFresh` has them read now, whatever memory says. */
  groupAttributes(arn: string, isFresh: boolean): Promise<Values>;
  balancerAttributes(arn: string, isFresh: boolean): Promise<Values>;
  listeners(arn: string, isFresh: boolean): Promise<Listener[]>;
  /** What is known now, by ARN. */
  known(): Map<string, KnownResource>;
}

/** Opens the answers for these ARNs; their tags are read in this order. Memory itself stays as it is. */
export function openAnswers(
  elbv2: ElasticLoadBalancingV2Client,
  arns: readonly string[],
  memory: Map<string, KnownResource>,
): Answers {
  const now = Date.now();
  const at = new Date(now).toISOString();
  const known = new Map(arns.map((arn) => [arn, { ...memory.get(arn) }]));
  const tagsOf = (arn: string): Values | undefined => {
    const tags = stillKnown(known.get(arn)?.tags, longestAges.tags, now);
    // Tags that name no owner may have become some that do.
    return tags !== undefined && readTags(tags) !== undefined ? tags : undefined;
  };
  const readTagsOf = tagReader(
    elbv2,
    arns.filter((arn) => tagsOf(arn) === undefined),
  );
  const reads = new Map<string, Promise<unknown>>();

  function keep<Name extends keyof KnownResource>(arn: string, name: Name, dated: KnownResource[Name]): void {
    known.set(arn, { ...known.get(arn), [name]: dated });
  }
  async function once<Name extends 'attributes' | 'listeners', Value>(
    { arn, name, isFresh }: { arn: string; name: Name; isFresh: boolean },
    read: () => Promise<Value>,
  ): Promise<Value> {
    const remembered = known.get(arn)?.[name] as Dated<Value> | undefined;
    const young = isFresh ? undefined : stillKnown(remembered, longestAges[name], now);
    if (young !== undefined) return young;
    const key = `${name} ${arn}`;
    const reading = (reads.get(key) as Promise<Value> | undefined) ?? read();
    reads.set(key, reading);
    const value = await reading;
    keep(arn, name, { at, value } as KnownResource[Name]);
    return value;
  }

  return {
    async tags(arn) {
      const remembered = tagsOf(arn);
      if (remembered !== undefined) return remembered;
      const value = await readTagsOf(arn);
      keep(arn, 'tags', { at, value });
      return value;
    },
    groupAttributes: (arn, isFresh) =>
      once({ arn, name: 'attributes', isFresh }, () => targetGroupAttributes(elbv2, arn)),
    balancerAttributes: (arn, isFresh) =>
      once({ arn, name: 'attributes', isFresh }, () => loadBalancerAttributes(elbv2, arn)),
    listeners: (arn, isFresh) => once({ arn, name: 'listeners', isFresh }, () => listListeners(elbv2, arn)),
    known: () => known,
  };
}
