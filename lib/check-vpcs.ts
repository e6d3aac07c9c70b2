import { UserError } from '../config/user-error.ts';
import type { AuditedVpc } from './audited-vpc.ts';

const known = ['vpc', 'subnets', 'clusters', 'clusterSecurityGroupIds', 'ipv6', 'endpoints'];

/** Throws a UserError that names every wrong field of the VPCs and its remedy: plain JavaScript has no compiler that does. */
export function checkVpcs(vpcs: readonly AuditedVpc[] | undefined, source: string): void {
  const problems = problemsOf(vpcs);
  if (problems.length > 0) throw new UserError(problems.map((problem) => `${source}: ${problem}`).join('\n'));
}

function problemsOf(vpcs: unknown): string[] {
  if (vpcs === undefined) return ['vpcs is missing; give a list of VPCs: `vpcs: [{ vpc }]`.'];
  if (!Array.isArray(vpcs)) return ['vpcs is no list; give a list of VPCs: `vpcs: [{ vpc }]`.'];
  if (vpcs.length === 0) return ['vpcs is empty; give at least one VPC: `vpcs: [{ vpc }]`.'];
  return vpcs.flatMap((given, place) => problemsOfOne(given).map((problem) => `vpcs[${place}]${problem}`));
}

function problemsOfOne(given: unknown): string[] {
  if (typeof given !== 'object' || given === null) return [' is no object; give `{ vpc }` with an IVpc.'];
  if ('vpcId' in given) return [' is a VPC itself; give it as `{ vpc }`.'];
  const { vpc, clusters } = given as { vpc?: unknown; clusters?: unknown };
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  return [
    ...unknown.map((name) => `.${name} is not a known field; known are ${known.join(', ')}.`),
    ...(isVpc(vpc) ? [] : ['.vpc is missing or no VPC; give an IVpc, for example of `ec2.Vpc.fromLookup`.']),
    ...(clusters === undefined || areClusters(clusters)
      ? []
      : ['.clusters is no list of clusters; give names or clusters of `aws-eks`.']),
  ];
}

const isVpc = (value: unknown): boolean => typeof value === 'object' && value !== null && 'vpcId' in value;

const areClusters = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string' || typeof each?.clusterName === 'string');
