import { appIpFamilyMismatch } from '../../core/checks/answer/app-ip-family-mismatch.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { fail, probe, probePod, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const ipv6 = '2001:db8::100';

/** An IPv6 target group with the target of web-1, which has both families or IPv6 alone. */
const over = (outcome: ProbeOutcome, addresses: string[] = ['10.0.0.100', ipv6]) =>
  given(
    () => sampleFacts({ targetType: 'ip' }),
    (facts) => {
      for (const group of facts.slices.targetGroups) group.ipAddressType = 'ipv6';
      const [target] = facts.slices.targetHealth;
      const [pod] = facts.slices.pods;
      if (target === undefined || pod === undefined) throw new Error('no target');
      pod.status.podIPs = addresses;
      target.id = ipv6;
      facts.slices.targetHealth = [target];
      fail(facts.slices.targetHealth);
      probe(facts, 'health-check', outcome, { address: ipv6 });
    },
  );
const told = (facts: Facts, args: string[]) => {
  for (const { spec } of facts.slices.pods) for (const container of spec.containers) container.args = args;
};
const open = (facts: Facts) => probePod(facts, '10.0.0.100', 8080, { kind: 'open' });

testCheck(appIpFamilyMismatch, {
  found: [
    {
      name: 'refused over IPv6 and accepted over IPv4',
      facts: given(over({ kind: 'refused' }), open),
      targets: [ipv6],
      confidence: 'confirmed',
      saw: 'shop/web-1 refuses connections to 8080 over IPv6 and accepts them over IPv4',
    },
    {
      name: 'an IPv6-only pod whose process is told to bind an IPv4 address',
      facts: given(over({ kind: 'refused' }, [ipv6]), (facts) => told(facts, ['--host=0.0.0.0'])),
      targets: [ipv6],
      confidence: 'probable',
      saw: 'over IPv6; it is started with --host=0.0.0.0',
    },
  ],
  ruledOut: [
    {
      name: 'refused over both families',
      facts: given(over({ kind: 'refused' }), (facts) => probePod(facts, '10.0.0.100', 8080, { kind: 'refused' })),
    },
    { name: 'an IPv6-only pod without such a setting', facts: over({ kind: 'refused' }, [ipv6]) },
    {
      name: 'an IPv6-only pod whose process is told to bind all addresses',
      facts: given(over({ kind: 'refused' }, [ipv6]), (facts) => told(facts, ['--host=::'])),
    },
    { name: 'no answer over IPv6', facts: given(over({ kind: 'timeout', phase: 'connect' }), open) },
    {
      name: 'a pod that is not ready',
      facts: given(over({ kind: 'refused' }), (facts) => {
        open(facts);
        unready(facts, 'web-1');
      }),
    },
    {
      name: 'an IPv4 target group',
      facts: given(over({ kind: 'refused' }), (facts) => {
        open(facts);
        for (const group of facts.slices.targetGroups) group.ipAddressType = 'ipv4';
      }),
    },
  ],
});
