import { networkpolicyStrictMode } from '../../core/checks/network/networkpolicy-strict-mode.ts';
import { daemonSet } from '../core/network/open-path.ts';
import { fail, instanceId, metadata, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const mode = (value: string, flag = '--enable-network-policy=true') =>
  daemonSet('aws-node', { NETWORK_POLICY_ENFORCING_MODE: value }, [flag]);
const strict = given(
  () => sampleFacts({ targetType: 'ip' }),
  ({ slices }) => {
    slices.workloads.push(mode('strict'));
    fail(slices.targetHealth);
  },
);
const pods = ['10.0.0.100', '10.0.1.100'];

testCheck(networkpolicyStrictMode, {
  found: [
    {
      name: 'pods without any policy',
      facts: strict,
      targets: pods,
      confidence: 'confirmed',
      saw: 'strict mode, and no NetworkPolicy selects shop/web-1',
    },
    {
      name: 'Cilium, chained behind the VPC CNI, which enforces the mode all the same',
      facts: given(strict, ({ slices }) => {
        slices.workloads.unshift(daemonSet('cilium', {}));
      }),
      targets: pods,
      confidence: 'confirmed',
      saw: 'strict mode, and no NetworkPolicy selects shop/web-1',
    },
    {
      name: 'nodes of EKS Auto Mode whose NodeClass denies by default',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        ({ slices }) => {
          for (const { metadata } of slices.nodes) metadata.labels['eks.amazonaws.com/nodeclass'] = 'closed';
          slices.nodeClasses = [{ metadata: metadata('closed'), spec: { networkPolicy: 'DefaultDeny' } }];
          fail(slices.targetHealth);
        },
      ),
      targets: pods,
      confidence: 'confirmed',
      saw: 'NodeClass closed with networkPolicy DefaultDeny, and no NetworkPolicy selects shop/web-1',
      values: { nodeClass: 'closed' },
    },
    {
      name: 'the mode in capitals',
      facts: given(strict, ({ slices }) => {
        slices.workloads = [mode('STRICT')];
      }),
      targets: pods,
      confidence: 'confirmed',
      saw: 'strict mode',
    },
    {
      name: 'a node that passes the check on to pods elsewhere',
      facts: given(sampleFacts, ({ slices }) => {
        slices.workloads.push(mode('strict'));
        fail(slices.targetHealth, instanceId(2));
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'shop/web-1, nor 1 more pods',
    },
  ],
  ruledOut: [
    {
      name: 'a NodeClass that denies by default, for other nodes',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        ({ slices }) => {
          slices.nodeClasses = [{ metadata: metadata('closed'), spec: { networkPolicy: 'DefaultDeny' } }];
          fail(slices.targetHealth);
        },
      ),
    },
    {
      name: 'a policy for egress alone, with which the agent admits everything that comes in',
      facts: given(strict, ({ slices }) => {
        slices.networkPolicies.push({
          metadata: metadata('web', 'shop'),
          spec: { podSelector: { matchLabels: {}, matchExpressions: [] }, policyTypes: ['Egress'], ingress: [] },
        });
      }),
    },
    {
      name: 'pods on Fargate',
      facts: given(strict, ({ slices }) => {
        for (const { metadata } of slices.nodes) metadata.labels['eks.amazonaws.com/compute-type'] = 'fargate';
      }),
    },
    {
      name: 'the default mode',
      facts: given(strict, ({ slices }) => {
        slices.workloads = [mode('standard')];
      }),
    },
    {
      name: 'strict mode and the engine switched off',
      facts: given(strict, ({ slices }) => {
        slices.workloads = [mode('strict', '--enable-network-policy=false')];
      }),
    },
    {
      name: 'a policy that selects the pods and admits too little',
      facts: given(strict, ({ slices }) => {
        slices.networkPolicies.push({
          metadata: metadata('web', 'shop'),
          spec: { podSelector: { matchLabels: {}, matchExpressions: [] }, policyTypes: ['Ingress'], ingress: [] },
        });
      }),
    },
    {
      name: 'pods in the network of their host',
      facts: given(strict, ({ slices }) => {
        for (const { spec } of slices.pods) spec.hostNetwork = true;
      }),
    },
  ],
});
