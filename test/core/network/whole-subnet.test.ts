import { expect, test } from 'vitest';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { networkAclVerdict } from '../../../core/network/acls/network-acls.ts';
import { tcp } from '../../../core/network/clients/wire-protocol.ts';
import { pathsTo } from '../../../core/network/health-check-path.ts';
import { fail, instanceId, sampleFacts } from '../sample-facts.ts';

const port = 31080;

/** Facts of targets that all fail, and the ways to one of them. */
function waysIn(change: (facts: ReturnType<typeof sampleFacts>) => void, index = 0) {
  const facts = sampleFacts();
  fail(facts.slices.targetHealth);
  change(facts);
  const [group] = groupsOf(facts);
  const target = group?.targets.find(({ id }) => id === instanceId(index));
  if (group === undefined || target === undefined) throw new Error('no such target');
  return pathsTo(target, group, facts.slices);
}

test('an address that an entry of a network ACL denies is stopped, though its subnet passes otherwise', () => {
  const deny = ({ slices }: ReturnType<typeof sampleFacts>) => {
    for (const { entries } of slices.networkAcls)
      entries.push({
        egress: false,
        ruleNumber: 80,
        protocol: '6',
        action: 'deny',
        cidr: '10.0.1.10/32',
        fromPort: 1024,
        toPort: 65_535,
      });
  };
  expect(new Set(waysIn(deny, 1).map(({ decision }) => decision))).toEqual(new Set(['deny', 'allow']));
  expect(waysIn(deny, 0).every(({ decision }) => decision === 'allow')).toBe(true);
});

test('a route to a part of a subnet is not taken for one to all of it', () => {
  const divert = ({ slices }: ReturnType<typeof sampleFacts>) => {
    slices.routeTables[0]?.routes.push({
      destination: '10.0.1.10/32',
      target: 'eni-0cccccccccccccc01',
      state: 'active',
    });
  };
  const admissions = (index: number) => waysIn(divert, index).map(({ decision }) => decision);
  expect(admissions(1)).toContain('unknown');
  expect(admissions(0)).not.toContain('unknown');
});

test('what is not known about the ports weighs more than a few that are denied for sure', () => {
  const entry = { egress: false, protocol: '6', action: 'deny' as const, fromPort: 1024, toPort: 65_535 };
  const acl = {
    id: 'acl-1',
    vpcId: 'vpc-1',
    isDefault: false,
    subnetIds: ['a', 'b'],
    entries: [
      { ...entry, ruleNumber: 80, cidr: '10.0.1.10/32' },
      { ...entry, ruleNumber: 90, cidr: '0.0.0.0/0', fromPort: 3389, toPort: 3389 },
      ...[false, true].map((egress) => ({
        egress,
        ruleNumber: 100,
        protocol: '-1',
        action: 'allow' as const,
        cidr: '0.0.0.0/0',
      })),
    ],
  };
  const verdict = (address: string) =>
    networkAclVerdict({ address: '10.0.0.5', subnetId: 'a' }, { address, subnetId: 'b' }, tcp(port), [acl]);
  expect(verdict('10.0.1.0/24').decision).toBe('unknown');
  expect(verdict('10.0.1.10').decision).toBe('deny');
  expect(verdict('10.0.1.11').denial?.share).toBeLessThan(0.05);
});
