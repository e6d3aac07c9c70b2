import { naclBlocksHealthCheck } from '../../core/checks/network/nacl-blocks-health-check.ts';
import type { NetworkAclEntry } from '../../core/model/aws.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

/** Puts an entry before those that let everything pass, into the ACL of all subnets or of the one in zone c. */
const withEntry = (change: Partial<NetworkAclEntry>, only?: string) =>
  given(sampleFacts, ({ slices }) => {
    fail(slices.targetHealth);
    const [whole] = slices.networkAcls;
    if (whole === undefined) throw new Error('the sample has no ACL');
    const entry: NetworkAclEntry = {
      egress: false,
      ruleNumber: 90,
      protocol: '6',
      action: 'deny',
      cidr: '0.0.0.0/0',
      ...change,
    };
    const own = {
      ...whole,
      id: 'acl-own',
      subnetIds: only === undefined ? whole.subnetIds : [only],
      entries: [entry, ...whole.entries],
    };
    whole.subnetIds = whole.subnetIds.filter((id) => !own.subnetIds.includes(id));
    slices.networkAcls.push(own);
  });
const all = [instanceId(0), instanceId(1), instanceId(2)];
const zoneC = 'subnet-0aaaaaaaaaaaaaa02';

testCheck(naclBlocksHealthCheck, {
  found: [
    {
      name: 'the check may not come in',
      facts: withEntry({ fromPort: 31000, toPort: 31999 }),
      targets: all,
      confidence: 'confirmed',
      saw: 'rule 90 denies TCP 31080 inbound from 10.0.1.5',
    },
    {
      name: 'the answer may not leave',
      facts: withEntry({ egress: true, fromPort: 1024, toPort: 65535 }, zoneC),
      targets: all,
      confidence: 'confirmed',
      saw: `acl-own of ${zoneC}: rule 90 denies TCP 31080 outbound to 10.0.0.10`,
    },
    {
      name: 'the answer may not come back to the load balancer',
      facts: withEntry({ fromPort: 1024, toPort: 65535, cidr: '10.0.1.10/32' }, zoneC),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'denies TCP 1024-65535 inbound from 10.0.1.10',
    },
    {
      name: 'only some of the reply ports are denied',
      facts: withEntry({ fromPort: 40000, toPort: 50000, cidr: '10.0.1.10/32' }, zoneC),
      targets: [instanceId(1)],
      confidence: 'probable',
      saw: 'rule 90 denies TCP 40000-50000 inbound from 10.0.1.10',
    },
    {
      name: 'answers are let out to the upper half of the reply ports only',
      facts: given(sampleFacts, ({ slices }) => {
        fail(slices.targetHealth);
        for (const { entries } of slices.networkAcls)
          for (const entry of entries)
            if (entry.egress && entry.action === 'allow')
              Object.assign(entry, { protocol: '6', fromPort: 30000, toPort: 65535 });
      }),
      targets: all,
      confidence: 'probable',
      saw: 'rule * denies TCP 1024-29999 outbound to 10.0.1.5',
    },
    {
      name: 'one reply port denied on the way out, all on the way in',
      facts: given(withEntry({ egress: true, fromPort: 3389, toPort: 3389 }), ({ slices }) => {
        for (const { entries } of slices.networkAcls)
          entries.push({
            egress: false,
            ruleNumber: 80,
            protocol: '6',
            action: 'deny',
            cidr: '10.0.1.10/32',
            fromPort: 1024,
            toPort: 65535,
          });
      }),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'rule 80 denies TCP 1024-65535 inbound from 10.0.1.10',
    },
  ],
  ruledOut: [
    { name: 'an entry for another port', facts: withEntry({ fromPort: 80, toPort: 80 }) },
    {
      name: 'one reply port of sixty thousand is denied',
      facts: withEntry({ fromPort: 3000, toPort: 3000 }),
    },
    { name: 'an entry for UDP', facts: withEntry({ protocol: '17', fromPort: 31080, toPort: 31080 }) },
    {
      name: 'a denial that comes after everything was let pass',
      facts: withEntry({ ruleNumber: 200, fromPort: 31080, toPort: 31080 }),
    },
    {
      name: 'load balancer and target in one subnet',
      facts: given(withEntry({}, zoneC), ({ slices }) => {
        slices.targetHealth = slices.targetHealth.filter(({ id }) => id === instanceId(2));
        for (const balancer of slices.loadBalancers)
          balancer.zones = balancer.zones.filter(({ subnetId }) => subnetId === zoneC);
      }),
    },
    { name: 'ACLs that let everything pass', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
  ],
});
