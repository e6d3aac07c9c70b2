import { networkInterfaces } from 'node:os';
import type { NetworkInterface } from '../../core/model/aws.ts';
import type { Vantage } from '../../core/model/probe-result.ts';

export interface CollectOptions {
  /** Where probes start, when that is known from the settings of the function. */
  vantage?: Vantage;
  /** Addresses by which to find that place otherwise; by default those of this machine. */
  ownAddresses?: string[];
}

/** Addresses of this machine, loopback included. */
export const addressesOfThisMachine = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address }) => address));

/** Where packets start that leave from these addresses: the network interface of a VPC that carries one of them. */
export function vantageOf(addresses: string[], interfaces: NetworkInterface[]): Vantage {
  const own = interfaces.filter(({ privateIps, ipv6Addresses }) =>
    [...privateIps, ...ipv6Addresses].some((address) => addresses.includes(address)),
  );
  const [vpcId, ...others] = new Set(own.map((networkInterface) => networkInterface.vpcId));
  if (vpcId === undefined) {
    return { kind: 'outside', note: 'No network interface of the audited VPCs carries an address of this machine.' };
  }
  if (others.length > 0) {
    return {
      kind: 'outside',
      note: `Addresses of this machine exist in several VPCs: ${[vpcId, ...others].join(', ')}.`,
    };
  }
  return {
    kind: 'vpc',
    vpcId,
    subnetIds: [...new Set(own.map(({ subnetId }) => subnetId))],
    securityGroupIds: [...new Set(own.flatMap(({ securityGroups }) => securityGroups))],
  };
}
