import { nodeNotReady } from '../../core/checks/node/node-not-ready.ts';
import { endedJob, fail, instanceId, nodeName, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const lost = (make = sampleFacts) =>
  given(make, ({ slices }) => {
    for (const { metadata, status } of slices.nodes) {
      if (metadata.name !== nodeName(1)) continue;
      status.conditions = [
        {
          type: 'Ready',
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
        },
      ];
    }
    fail(slices.targetHealth);
  });

testCheck(nodeNotReady, {
  found: [
    {
      name: 'the node of an instance target, which does not answer',
      facts: given(lost(), (facts) => probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' })),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'Ready is Unknown (NodeStatusUnknown: Kubelet stopped posting node status.); port 31080: no answer',
    },
    {
      name: 'not probed',
      facts: lost(),
      targets: [instanceId(1)],
      confidence: 'probable',
      saw: 'Ready is Unknown',
    },
    {
      name: 'the node on which the pod of an ip target runs',
      facts: lost(() => sampleFacts({ targetType: 'ip' })),
      targets: ['10.0.1.100'],
      confidence: 'probable',
      saw: nodeName(1),
    },
    {
      name: 'an ip target on the address of the node itself',
      facts: given(
        lost(() => sampleFacts({ targetType: 'ip' })),
        ({ slices }) => {
          const [, pod] = slices.pods;
          const [, target] = slices.targetHealth;
          if (pod === undefined || target === undefined) throw new Error('the sample has no pod');
          pod.spec.hostNetwork = true;
          target.id = '10.0.1.10';
          pod.status.podIPs = [target.id];
        },
      ),
      targets: ['10.0.1.10'],
      confidence: 'probable',
      saw: nodeName(1),
    },
    {
      name: 'not the node of a job whose pod had the address before',
      facts: given(
        lost(() => sampleFacts({ targetType: 'ip' })),
        (facts) => {
          endedJob(facts, '10.0.0.100').spec.nodeName = nodeName(1);
        },
      ),
      targets: ['10.0.1.100'],
      confidence: 'probable',
      saw: nodeName(1),
    },
  ],
  ruledOut: [
    { name: 'ready nodes', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
    {
      name: 'a dead kubelet, while the node still answers the health check',
      facts: given(lost(), (facts) => probe(facts, 'health-check', { kind: 'open' })),
    },
    {
      name: 'a target that has been deregistered for it',
      facts: given(lost(), ({ slices }) => {
        for (const each of slices.targetHealth) each.state = 'draining';
      }),
    },
    {
      name: 'a node that nobody has registered',
      facts: given(lost(), ({ slices }) => {
        slices.targetHealth = slices.targetHealth.filter(({ id }) => id !== instanceId(1));
      }),
    },
  ],
});
