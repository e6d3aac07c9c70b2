import {
  DescribeAddonCommand,
  type EKSClient,
  paginateListCapabilities,
  ResourceNotFoundException,
} from '@aws-sdk/client-eks';
import type { Grades } from '../../core/diagnosis/check-settings.ts';
import { type OwnerQuery, ownerQueries } from '../../core/diagnosis/fix/owner/owner-query.ts';
import type { AddOn, Capability } from '../../core/model/add-on.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Clients } from '../aws/clients.ts';
import { known } from '../aws/known.ts';
import { type Ledger, ledger } from '../aws/ledger.ts';
import { pages } from '../aws/pages.ts';
import { awsRemedy } from '../aws/remedy.ts';
import { configurationOf } from './add-on-configuration.ts';

/**
 * The same Facts with what EKS says of the add-ons and controllers that may write what fixes change; without a single call where no finding
 * is about any. What is refused is a gap.
 */
export function withOwners(allFacts: Facts[], clients: Clients, grades: Grades): Promise<Facts[]> {
  const queries = ownerQueries(allFacts, grades);
  return Promise.all(
    allFacts.map(async (facts, index) => {
      const query = queries[index];
      if (query === undefined) return facts;
      const book = ledger(awsRemedy, clients.signal);
      const [addOns, capabilities] = await Promise.all([
        readAddOns(clients.eks, query, book),
        query.capabilities ? readCapabilities(clients.eks, query, book) : [],
      ]);
      return {
        ...facts,
        slices: { ...facts.slices, addOns, capabilities },
        gaps: [...facts.gaps, ...book.gaps()],
      };
    }),
  );
}

async function readAddOns(eks: EKSClient, { cluster, addOns }: OwnerQuery, book: Ledger): Promise<AddOn[]> {
  const hides = [{ slice: 'addOns', scope: { kind: 'cluster', name: cluster } }] as const;
  const read = addOns.map((name) =>
    book.read({ action: 'eks:DescribeAddon', hides }, undefined, () => readAddOn(eks, cluster, name)),
  );
  return (await Promise.all(read)).filter((addOn) => addOn !== undefined);
}

async function readAddOn(eks: EKSClient, clusterName: string, name: string): Promise<AddOn> {
  try {
    const { addon } = await eks.send(new DescribeAddonCommand({ clusterName, addonName: name }));
    return known({
      name,
      managed: true as const,
      version: addon?.addonVersion ?? '',
      tags: addon?.tags ?? {},
      configuration: configurationOf(addon?.configurationValues),
    });
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return { name, managed: false };
    throw error;
  }
}

const readCapabilities = (eks: EKSClient, { cluster }: OwnerQuery, book: Ledger): Promise<Capability[]> =>
  book.read(
    { action: 'eks:ListCapabilities', hides: [{ slice: 'capabilities', scope: { kind: 'cluster', name: cluster } }] },
    [],
    async () => {
      const found: Capability[] = [];
      for await (const { capabilities } of pages(
        paginateListCapabilities({ client: eks, pageSize: 100 }, { clusterName: cluster }),
      ))
        found.push(
          ...(capabilities ?? []).map(({ capabilityName, type }) => ({ name: capabilityName ?? '', type: type ?? '' })),
        );
      return found;
    },
  );
