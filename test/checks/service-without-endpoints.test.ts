import { serviceWithoutEndpoints } from '../../core/checks/workload/service-without-endpoints.ts';
import type { Facts } from '../../core/model/facts.ts';
import { sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const ip = () => sampleFacts({ targetType: 'ip' });

/** Nobody registers anything: there is no address. */
const withoutSelector = (facts: Facts) => {
  for (const { spec } of facts.slices.services) spec.selector = {};
  facts.slices.targetHealth = [];
};

testCheck(serviceWithoutEndpoints, {
  found: [
    {
      name: 'no selector and no EndpointSlice',
      facts: given(ip, (facts) => {
        withoutSelector(facts);
        facts.slices.endpointSlices = [];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web has no selector, and no EndpointSlice gives it an endpoint',
    },
    {
      name: 'an operator says that none of its endpoints is ready',
      facts: given(ip, (facts) => {
        withoutSelector(facts);
        for (const { endpoints } of facts.slices.endpointSlices)
          for (const { conditions } of endpoints) conditions.ready = false;
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'none of its 2 endpoints is ready',
    },
    {
      name: 'a name in DNS, though it has a selector from when it was ClusterIP',
      facts: given(ip, (facts) => {
        facts.slices.targetHealth = [];
        for (const { spec } of facts.slices.services) spec.type = 'ExternalName';
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web is of type ExternalName',
      values: { external: 'yes' },
    },
  ],
  ruledOut: [
    {
      name: 'an operator writes ready endpoints',
      facts: given(ip, (facts) => {
        for (const { spec } of facts.slices.services) spec.selector = {};
      }),
    },
    {
      name: 'the selector matches nothing',
      facts: given(ip, (facts) => {
        facts.slices.endpointSlices = [];
        for (const { spec } of facts.slices.services) spec.selector = { app: 'gone' };
      }),
    },
  ],
});
