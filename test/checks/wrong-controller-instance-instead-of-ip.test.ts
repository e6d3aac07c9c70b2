import { wrongControllerInstanceInsteadOfIp } from '../../core/checks/owner/wrong-controller-instance-instead-of-ip.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { ownedBy } from './controller-case.ts';

const all = [0, 1, 2].map(instanceId);
const asking = (make: () => Facts, targetType: string) =>
  given(make, ({ slices }) => {
    for (const { metadata } of slices.services) {
      Object.assign(metadata.annotations, {
        'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb',
        'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': targetType,
      });
    }
  });
const cloudProvider = ownedBy(sampleFacts, 'cloud-provider-aws');
const onContainerPort = given(cloudProvider, ({ slices }) => {
  for (const each of slices.targetHealth) each.healthCheckPort = 8080;
  fail(slices.targetHealth);
});

/** Each pod has a node of its own on Fargate, beside the three on EC2. */
const onFargate = (make: () => Facts) =>
  given(asking(ownedBy(make, 'cloud-provider-aws'), 'ip'), ({ slices }) => {
    for (const { metadata, spec } of slices.pods) {
      spec.nodeName = `fargate-${metadata.name}`;
      const [node] = structuredClone(slices.nodes);
      if (node === undefined) throw new Error('the sample has nodes');
      const labels = { 'eks.amazonaws.com/compute-type': 'fargate' };
      const providerID = `aws:///eu-west-1a/1f9f35e69e-${metadata.name}/${spec.nodeName}`;
      slices.nodes.push({
        ...node,
        metadata: { ...node.metadata, name: spec.nodeName, labels },
        spec: { providerID, taints: [] },
      });
    }
  });
const failing = (policy: 'Cluster' | 'Local') => (): Facts => {
  const facts = sampleFacts({ policy });
  fail(facts.slices.targetHealth);
  return facts;
};

testCheck(wrongControllerInstanceInsteadOfIp, {
  found: [
    {
      name: 'nodes are checked on the port of the container',
      facts: asking(onContainerPort, 'ip'),
      targets: all,
      confidence: 'confirmed',
      saw: 'the health check goes to port 8080 of the node',
    },
    {
      name: 'nodes under the policy Local are registered for pods that all run on Fargate',
      facts: onFargate(failing('Local')),
      targets: all,
      confidence: 'confirmed',
      saw: 'all pods run on Fargate, and the policy is Local',
    },
    {
      name: 'a cluster of Fargate alone, which has no node to register',
      facts: given(onFargate(sampleFacts), ({ slices }) => {
        slices.targetHealth = [];
        slices.nodes = slices.nodes.filter(({ metadata }) => metadata.name.startsWith('fargate-'));
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'all pods run on Fargate',
    },
    {
      name: 'instances serve well where ip was asked for, as a risk',
      facts: asking(cloudProvider, 'ip'),
      targets: [],
      confidence: 'confirmed',
      saw: 'nlb-target-type: ip with type: nlb',
    },
  ],
  ruledOut: [
    {
      name: 'nodes that fail on their NodePort',
      facts: given(asking(cloudProvider, 'ip'), ({ slices }) => fail(slices.targetHealth)),
    },
    {
      name: 'nodes under the policy Cluster, which forward to pods on Fargate',
      facts: onFargate(failing('Cluster')),
    },
    { name: 'a manifest that asks for instances', facts: asking(onContainerPort, 'instance') },
    {
      name: 'the AWS Load Balancer Controller',
      facts: asking(ownedBy(onContainerPort, 'aws-load-balancer-controller'), 'ip'),
    },
  ],
});
