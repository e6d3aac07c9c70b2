import { expect, test } from 'vitest';
import { endpointslicePortNameMismatch } from '../../core/checks/traffic-policy/endpointslice-port-name-mismatch.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const handWritten = (facts: Facts, sliceName: string | undefined, serviceName: string | undefined) => {
  for (const { spec } of facts.slices.services) {
    spec.selector = {};
    for (const port of spec.ports) if (serviceName !== undefined) port.name = serviceName;
  }
  for (const slice of facts.slices.endpointSlices) {
    slice.metadata.labels['endpointslice.kubernetes.io/managed-by'] = 'operator.example.com';
    slice.ports = [{ port: 8080, ...(sliceName !== undefined && { name: sliceName }) }];
  }
  facts.slices.targetHealth = [];
};
const ip = (change: (facts: Facts) => void) => given(() => sampleFacts({ targetType: 'ip' }), change);

test('the fix renames the port with the number that the Service targets', () => {
  const facts = sampleFacts({ targetType: 'ip' });
  handWritten(facts, 'http', 'web');
  for (const slice of facts.slices.endpointSlices) slice.ports.unshift({ port: 9090, name: 'metrics' });
  const [group] = groupsOf(facts);
  const evidence = group && endpointslicePortNameMismatch.run(group, facts.slices);
  expect(evidence?.[0]?.values).toMatchObject({ index: 1, portName: 'web' });
});

testCheck(endpointslicePortNameMismatch, {
  found: [
    {
      name: 'another name on each side',
      facts: ip((facts) => handWritten(facts, 'http', 'web')),
      targets: [],
      confidence: 'confirmed',
      saw: '2 ready addresses in web-abcde are for port "http"; the Service names its port "web"',
    },
    {
      name: 'a name on one side only',
      facts: ip((facts) => handWritten(facts, 'http', undefined)),
      targets: [],
      confidence: 'confirmed',
      saw: 'the Service names its port ""',
    },
  ],
  ruledOut: [
    { name: 'no name on both sides', facts: ip((facts) => handWritten(facts, undefined, undefined)) },
    { name: 'the same name', facts: ip((facts) => handWritten(facts, 'http', 'http')) },
    {
      name: 'a slice that Kubernetes manages and that lacks the port',
      facts: ip((facts) => {
        handWritten(facts, 'http', 'web');
        for (const { metadata } of facts.slices.endpointSlices) {
          metadata.labels['endpointslice.kubernetes.io/managed-by'] = 'endpointslice-controller.k8s.io';
        }
      }),
    },
    {
      name: 'addresses of which none is ready',
      facts: ip((facts) => {
        handWritten(facts, 'http', 'web');
        for (const { endpoints } of facts.slices.endpointSlices) {
          for (const { conditions } of endpoints) conditions.ready = false;
        }
      }),
    },
    {
      name: 'a second slice with the right name',
      facts: ip((facts) => {
        handWritten(facts, 'http', 'web');
        const [slice] = structuredClone(facts.slices.endpointSlices);
        if (slice) facts.slices.endpointSlices.push({ ...slice, ports: [{ name: 'web', port: 8080 }] });
      }),
    },
  ],
});
