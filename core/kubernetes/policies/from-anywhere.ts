import type { EnginePolicy } from '../../model/custom-resources/engine-policy.ts';
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { isPrivate, privateRanges } from '../../network/clients/client-origin.ts';
import { stretchesBetween } from '../../network/stretches.ts';
import type { FilterVerdict } from '../../network/verdict.ts';
import type { Arrival } from './arrival.ts';
import { engineVerdict, type Policies } from './engine-verdict.ts';

/** What policies make of a port of a pod for all addresses that are no pod's and no node's. */
export interface FromAnywhere {
  /** `some` = it depends on who comes; `unknown` = something that decides was not evaluated. */
  admits: 'everyone' | 'some' | 'no one' | 'unknown';
  /** True where somebody is admitted, and all of them have private addresses. */
  isPrivateOnly: boolean;
  /** The verdict that shows it: of an address that is not admitted, where there is one. */
  by: string;
}

/** Blocks of addresses in policies above which they are not evaluated one by one. */
const mostBlocks = 500;

/**
 * Evaluates the policies for one address of each stretch between two neighbouring limits of their blocks: within a stretch all
 * addresses fare alike, so that the answer holds for every one of the family.
 */
export function fromAnywhere(
  door: Pick<Arrival, 'pod' | 'port' | 'protocol'>,
  bits: 32 | 128,
  policies: Policies,
): FromAnywhere {
  const blocks = [...blocksIn(policies), ...privateRanges];
  if (blocks.length > mostBlocks + privateRanges.length)
    return { admits: 'unknown', isPrivateOnly: false, by: `policies with ${blocks.length} ranges are not evaluated` };
  const verdicts = stretchesBetween(blocks, bits).map((address) => ({
    address,
    ...engineVerdict({ ...door, address, isFromNode: false }, policies),
  }));
  const [admitted, denied, open] = (['allow', 'deny', 'unknown'] as const).map((decision) =>
    verdicts.filter((each) => each.decision === decision),
  );
  const said = (some: FilterVerdict[] = []) => some[0]?.by ?? '';
  if (admitted?.length === verdicts.length) return { admits: 'everyone', isPrivateOnly: false, by: said(admitted) };
  if (denied?.length === verdicts.length) return { admits: 'no one', isPrivateOnly: false, by: said(denied) };
  if (open === undefined || open.length > 0) return { admits: 'unknown', isPrivateOnly: false, by: said(open) };
  return {
    admits: 'some',
    isPrivateOnly: admitted?.every(({ address }) => isPrivate(address)) === true,
    by: said(denied),
  };
}

/** Every range that a policy names, and every exception from one. */
function blocksIn({ networkPolicies, enginePolicies }: Policies): string[] {
  const ofNetworkPolicy = ({ spec }: NetworkPolicy): string[] =>
    spec.ingress.flatMap(({ from }) =>
      from.flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [ipBlock.cidr, ...ipBlock.except])),
    );
  return [...new Set([...networkPolicies.flatMap(ofNetworkPolicy), ...enginePolicies.flatMap(blocksOf)])];
}

function blocksOf(policy: EnginePolicy): string[] {
  switch (policy.kind) {
    case 'ClusterNetworkPolicy':
      return policy.spec.ingress.flatMap(({ networks }) => networks);
    case 'CalicoPolicy':
      return policy.spec.ingress.flatMap(({ nets, notNets }) => [...nets, ...notNets]);
    case 'CalicoNetworkSet':
      return policy.spec.nets;
    case 'CiliumPolicy':
      return [...(policy.spec.ingress ?? []), ...(policy.spec.ingressDeny ?? [])].flatMap(({ cidrs }) =>
        cidrs.flatMap(({ cidr, except }) => [cidr, ...except]),
      );
    case 'CalicoTier':
    case 'OtherPolicy':
      return [];
  }
}
