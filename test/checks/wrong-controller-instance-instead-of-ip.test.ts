import { wrongControllerInstanceInsteadOfIp } from '../../core/checks/wrong-controller-instance-instead-of-ip.ts';
import type { Facts } from '../../core/facts.ts';
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
      name: 'nodes are registered for pods that all run on Fargate',
      facts: given(asking(cloudProvider, 'ip'), ({ slices }) => {
        for (const { metadata } of slices.nodes) metadata.labels['eks.amazonaws.com/compute-type'] = 'fargate';
        fail(slices.targetHealth);
      }),
      targets: all,
      confidence: 'confirmed',
      saw: 'all pods run on Fargate',
    },
    {
      name: 'instances serve well where ip was asked for, as a risk',
      facts: asking(cloudProvider, 'ip'),
      targets: [],
      confidence: 'confirmed',
      saw: 'nlb-target-type: ip beside type: nlb',
    },
  ],
  ruledOut: [
    {
      name: 'nodes that fail on their NodePort',
      facts: given(asking(cloudProvider, 'ip'), ({ slices }) => fail(slices.targetHealth)),
    },
    { name: 'a manifest that asks for instances', facts: asking(onContainerPort, 'instance') },
    {
      name: 'the AWS Load Balancer Controller',
      facts: asking(ownedBy(onContainerPort, 'aws-load-balancer-controller'), 'ip'),
    },
  ],
});
