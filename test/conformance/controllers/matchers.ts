import type { QueryCall } from './load-balancing-gaps.ts';

/** Which codes the health check of a group takes: moto lets those of groups whose targets speak TCP be set, but not changed. */
export interface Matchers {
  /** Learns from a call that moto has carried out. */
  note(call: QueryCall): void;
  /** An answer about target groups with the codes of today. */
  complete(answer: string): string;
}

export function noMatchers(): Matchers {
  const changed = new Map<string, string>();
  return {
    note({ action, parameters }) {
      const codes = parameters.get('Matcher.HttpCode');
      if (action === 'ModifyTargetGroup' && codes !== null) changed.set(parameters.get('TargetGroupArn') ?? '', codes);
    },
    complete: (answer) =>
      answer.replace(
        /(<TargetGroupArn>([^<]*)<\/TargetGroupArn>)(.*?)(?=<TargetGroupArn>|<\/TargetGroups>)/gs,
        (group, own, arn, rest) => {
          const codes = changed.get(arn);
          if (codes === undefined) return group;
          const others = rest.replace(/<Matcher>.*?<\/Matcher>|<Matcher\/>/s, '');
          return `${own}<Matcher><HttpCode>${codes}</HttpCode></Matcher>${others}`;
        },
      ),
  };
}
