import type { QueryCall } from './load-balancing-gaps.ts';

/** What rules whose source is a security group are for: moto keeps descriptions of ranges alone. */
export interface RuleDescriptions {
  /** Learns from a call that moto has carried out. */
  note(call: QueryCall): void;
  /** The answer to DescribeSecurityGroupRules with the descriptions. */
  complete(answer: string): string;
}

export function noRuleDescriptions(): RuleDescriptions {
  const descriptions = new Map<string, string>();
  return {
    note({ action, parameters }) {
      if (action !== 'AuthorizeSecurityGroupIngress') return;
      for (const [name, description] of parameters) {
        const [, permission, source] = /^(IpPermissions\.\d+)\.(Groups\.\d+)\.Description$/.exec(name) ?? [];
        if (permission === undefined) continue;
        const of = (end: string): string => parameters.get(`${permission}.${end}`) ?? '-1';
        const rule = [parameters.get('GroupId'), of('IpProtocol'), of('FromPort'), of('ToPort')];
        descriptions.set([...rule, of(`${source}.GroupId`)].join(), description);
      }
    },
    complete: (answer) =>
      answer.replace(
        /<groupId>([^<]*)<\/groupId><isEgress>false<\/isEgress><ipProtocol>([^<]*)<\/ipProtocol><fromPort>([^<]*)<\/fromPort><toPort>([^<]*)<\/toPort><referencedGroupInfo><groupId>([^<]*)<\/groupId>.*?<\/referencedGroupInfo>/g,
        (rule, ...parts) => {
          const description = descriptions.get(parts.slice(0, 5).join());
          return description === undefined ? rule : `${rule}<description>${description}</description>`;
        },
      ),
  };
}
