import { expect, test } from 'vitest';
import { checkedPortOf, servicePortOf } from '../../../core/kubernetes/service.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { sampleFacts } from '../sample-facts.ts';

/** One number for UDP, which stands first, and for TCP, at one NodePort; the owner names the number alone. */
function dns(protocol: string): Facts {
  const facts = sampleFacts();
  for (const { spec } of facts.slices.services)
    spec.ports = [
      { name: 'dns', protocol: 'UDP', port: 53, targetPort: 'dns-udp', nodePort: 31_080 },
      { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: 'dns-tcp', nodePort: 31_080 },
    ];
  for (const owner of facts.owners) owner.servicePort = '53';
  for (const group of facts.slices.targetGroups) group.protocol = protocol;
  return facts;
}

function portsOf(facts: Facts) {
  const [group] = groupsOf(facts);
  const [service] = facts.slices.services;
  const [target] = facts.slices.targetHealth;
  if (group === undefined || service === undefined || target === undefined) throw new Error('the sample has changed');
  return {
    served: servicePortOf(group, service)?.name,
    checked: checkedPortOf({ ...target, healthCheckPort: 31_080, port: 31_081 }, group, service)?.name,
  };
}

test.each([
  ['TCP', 'dns-tcp'],
  ['TLS', 'dns-tcp'],
  ['UDP', 'dns'],
  ['TCP_UDP', 'dns-tcp'],
])(
  'of two ports with one number a group of %s serves %s, and a health check, which is TCP, arrives at that of TCP',
  (protocol, served) => {
    expect(portsOf(dns(protocol))).toEqual({ served, checked: 'dns-tcp' });
  },
);

test('without another port of that number the protocol is nothing to go by', () => {
  const facts = dns('TCP');
  for (const { spec } of facts.slices.services) spec.ports.pop();
  expect(portsOf(facts).served).toBe('dns');
});
