import { type EC2Client, paginateGetManagedPrefixListEntries } from '@aws-sdk/client-ec2';
import type { PrefixList, SecurityGroup } from '../../core/aws.ts';

/** Entries of one prefix list, the customer's or one that AWS manages. */
export async function readPrefixList(ec2: EC2Client, id: string): Promise<PrefixList> {
  const cidrs: string[] = [];
  for await (const { Entries } of paginateGetManagedPrefixListEntries({ client: ec2 }, { PrefixListId: id })) {
    cidrs.push(...(Entries ?? []).flatMap(({ Cidr }) => Cidr ?? []));
  }
  return { id, cidrs };
}

/** Ids of the prefix lists that rules of these security groups name, each once. */
export const prefixListIds = (groups: SecurityGroup[]): string[] => [
  ...new Set(groups.flatMap(({ rules }) => rules.flatMap(({ prefixListId }) => prefixListId ?? []))),
];
