import type { PrefixList } from '../../../core/model/aws.ts';
import { page } from '../aws/page.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { listing } from './listing.ts';

const shared = {
  set: 'prefixListSet',
  items: ({ prefixLists }: { prefixLists: PrefixList[] }) => prefixLists,
  id: (list: PrefixList) => list.id,
  byId: { parameter: 'PrefixListId', notFound: 'InvalidPrefixListID.NotFound' },
  filters: {
    'prefix-list-id': (list: PrefixList) => [list.id],
    'prefix-list-name': (list: PrefixList) => [nameOf(list)],
  },
};

/** DescribeManagedPrefixLists. */
export const describeManagedPrefixLists = listing<PrefixList>({
  ...shared,
  limits: { min: 1, max: 100, standard: 100 },
  show: (list, world) => ({
    prefixListId: list.id,
    prefixListName: nameOf(list),
    prefixListArn: `arn:aws:ec2:${world.region}:${world.account}:prefix-list/${list.id}`,
    addressFamily: list.cidrs.some((cidr) => cidr.includes(':')) ? 'IPv6' : 'IPv4',
    state: 'create-complete',
    maxEntries: list.cidrs.length,
    version: 1,
    ownerId: world.account,
    tagSet: [],
  }),
});

/** DescribePrefixLists: the same lists in the older form, with their entries. */
export const describePrefixLists = listing<PrefixList>({
  ...shared,
  show: (list) => ({ prefixListId: list.id, prefixListName: nameOf(list), cidrSet: list.cidrs }),
});

/** GetManagedPrefixListEntries. */
export const getManagedPrefixListEntries: Action = ({ PrefixListId, MaxResults, NextToken }, world) => {
  const list = world.prefixLists.find(({ id }) => id === PrefixListId);
  if (list === undefined) {
    throw new ServiceError(shared.byId.notFound, `The prefix list ID '${PrefixListId}' does not exist`);
  }
  const limits = { min: 1, max: 100, standard: 100 };
  const { items, next } = page(list.cidrs, {
    size: MaxResults,
    token: NextToken,
    limits,
    code: 'InvalidParameterValue',
  });
  return { entrySet: items.map((cidr) => ({ cidr })), nextToken: next };
};

const nameOf = ({ id }: PrefixList): string => `prefix-list-${id.slice('pl-'.length)}`;
