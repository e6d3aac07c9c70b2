import type { World } from '../../world/world.ts';
import { enabledRegions } from '../ec2/regions.ts';
import { accountOfKey, type Signature } from './credential.ts';

/**
 * The world that a signature is for: that of the key's account in the signed Region, an empty one in a Region that is enabled for the account, and undefined
 * in any other. `worlds` begins with the world of the lab's own key.
 */
export function worldFor({ keyId, region, service }: Signature, worlds: World[]): World | undefined {
  const account = accountOfKey(keyId) ?? worlds[0]?.account;
  const inAccount = worlds.filter((world) => world.account === account);
  const there = inAccount.find((world) => world.region === region);
  const [home] = inAccount;
  if (there !== undefined || home === undefined) return there;
  // IAM is one for all Regions, and is called in us-east-1.
  if (service === 'iam') return home;
  const isEnabled = enabledRegions(inAccount).includes(region);
  return isEnabled ? emptied(home, region) : undefined;
}

/** The same account in a Region where it has nothing. */
const emptied = ({ account, network, now, prober, secrets, topics, past }: World, region: string): World => ({
  account,
  region,
  network,
  now,
  prober,
  secrets,
  topics,
  // What was done in IAM was done in none of the other Regions.
  ...(past && {
    past: { struckAt: past.struckAt, calls: past.calls?.filter(({ service }) => service === 'iam') ?? [] },
  }),
  clusters: [],
  vpcs: [],
  dhcpOptions: [],
  subnets: [],
  routeTables: [],
  networkAcls: [],
  securityGroups: [],
  prefixLists: [],
  endpointServices: [],
  instances: [],
  networkInterfaces: [],
  loadBalancers: [],
  listeners: [],
  targetGroups: [],
  registrations: [],
  targetHealth: [],
  sockets: [],
  refusals: [],
});
