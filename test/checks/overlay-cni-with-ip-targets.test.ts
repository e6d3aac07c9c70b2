import { overlayCniWithIpTargets } from '../../core/checks/network/overlay-cni-with-ip-targets.ts';
import { binding, reconcileError } from '../core/sample-binding.ts';
import { fail, nodeName, sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const overlay = given(
  () => sampleFacts({ targetType: 'ip' }),
  ({ slices }) => {
    slices.targetHealth = slices.pods.map(({ status }, index) => {
      status.podIPs = [`192.168.7.${index + 1}`];
      return target({ id: `192.168.7.${index + 1}` });
    });
    fail(slices.targetHealth);
  },
);

testCheck(overlayCniWithIpTargets, {
  found: [
    {
      name: 'pods on EC2 nodes with addresses outside the VPC',
      facts: overlay,
      targets: ['192.168.7.1', '192.168.7.2'],
      confidence: 'confirmed',
      saw: `shop/web-1 on ${nodeName(0)} has the address 192.168.7.1, outside the VPC`,
    },
    {
      name: 'the controller registers none of them',
      facts: given(overlay, ({ slices }) => {
        slices.targetHealth = [];
        slices.targetGroupBindings.push(binding([8080]));
        slices.events.push(reconcileError('FailedNetworkReconcile', 'cannot resolve pod ENI for pods: [shop/web-1]'));
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'cannot resolve pod ENI',
    },
  ],
  ruledOut: [
    {
      name: 'pods on hybrid nodes',
      facts: given(overlay, ({ slices }) => {
        for (const node of slices.nodes) node.metadata.labels['eks.amazonaws.com/compute-type'] = 'hybrid';
      }),
    },
    {
      name: 'custom networking in a secondary range of the VPC',
      facts: given(overlay, ({ slices }) => {
        for (const vpc of slices.vpcs) vpc.cidrs.push('192.168.0.0/16');
      }),
    },
    {
      name: 'addresses of the VPC that fail otherwise',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        ({ slices }) => fail(slices.targetHealth),
      ),
    },
    {
      name: 'an empty group whose pods have addresses of the VPC',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        ({ slices }) => {
          slices.targetHealth = [];
        },
      ),
    },
  ],
});
