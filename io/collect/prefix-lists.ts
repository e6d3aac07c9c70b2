import { type EC2Client, paginateGetManagedPrefixListEntries } from '@aws-sdk/client-ec2';
import type { PrefixList, RouteTable, SecurityGroup } from '../../core/model/aws.ts';
import { pages } from '../aws/pages.ts';

/** Entries of one prefix list, the customer's or one that AWS manages. */
export async function readPrefixList(ec2: EC2Client, id: string): Promise<PrefixList> {
  const cidrs: string[] = [];
  for await (const { Entries } of pages(paginateGetManagedPrefixListEntries({ client: ec2 }, { PrefixListId: id }))) {
    cidrs.push(...(Entries ?? []).flatMap(({ Cidr }) => Cidr ?? []));
  }
  return { id, cidrs };
}

/** Ids of the prefix lists that rules of these security groups and these routes name, each once. */
export const prefixListIds = (groups: SecurityGroup[], tables: RouteTable[]): string[] => [
  ...new Set([
    ...groups.flatMap(({ rules }) => rules.flatMap(({ prefixListId }) => prefixListId ?? [])),
    ...tables.flatMap(({ routes }) =>
      routes.flatMap(({ destination }) => (destination.startsWith('pl-') ? destination : [])),
    ),
  ]),
];
