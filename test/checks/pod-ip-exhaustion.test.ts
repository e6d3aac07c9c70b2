import { podIpExhaustion } from '../../core/checks/workload/pod-ip-exhaustion.ts';
import type { Facts } from '../../core/model/facts.ts';
import { event, fail, pending, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const sandbox = (words: string) =>
  `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "0a1b": plugin type="aws-cni" name="aws-cni" failed (add): add cmd: ${words}`;
const without = (facts: Facts, words = 'failed to assign an IP address to container') => {
  for (const name of ['web-1', 'web-2']) {
    pending(facts, name, { reason: 'ContainerCreating' }).status.podIPs = [];
    facts.slices.events.push(event('Pod', name, 'FailedCreatePodSandBox', sandbox(words)));
  }
  fail(facts.slices.targetHealth);
};
const full = (facts: Facts) => {
  for (const subnet of facts.slices.subnets) subnet.availableIps = 3;
};

testCheck(podIpExhaustion, {
  found: [
    {
      name: 'the CNI finds no address and the subnets are full',
      facts: given(sampleFacts, (facts) => {
        without(facts);
        full(facts);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /shop\/web-1 gets no address: failed to assign an IP address to container; subnet \S+ has 3 free/,
    },
    {
      name: 'addresses are left, perhaps in pieces too small for a prefix',
      facts: given(sampleFacts, (facts) => without(facts, 'InsufficientCidrBlocks: no free blocks')),
      targets: [],
      confidence: 'probable',
      saw: 'InsufficientCidrBlocks; subnet subnet-0aaaaaaaaaaaaaa00 has 200 free',
    },
    {
      name: 'addresses are left and the CNI does not say why it gave none',
      facts: given(sampleFacts, (facts) => without(facts)),
      targets: [],
      confidence: 'possible',
      saw: 'subnet subnet-0aaaaaaaaaaaaaa00 has 200 free',
    },
    {
      name: 'the subnet of the pods is another one than that of the nodes',
      facts: given(sampleFacts, (facts) => {
        without(facts);
        const [template] = facts.slices.networkInterfaces;
        const [subnet] = facts.slices.subnets;
        if (template === undefined || subnet === undefined) throw new Error('no interface');
        facts.slices.subnets.push({ ...subnet, id: 'subnet-pods', availableIps: 0 });
        for (const own of facts.slices.networkInterfaces.filter(({ deviceIndex }) => deviceIndex === 0)) {
          facts.slices.networkInterfaces.push({ ...own, id: `${own.id}-1`, deviceIndex: 1, subnetId: 'subnet-pods' });
        }
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'subnet-pods has 0 free',
    },
  ],
  ruledOut: [
    {
      name: 'a pod that got its address at the second try and waits for its image',
      facts: given(sampleFacts, (facts) => {
        without(facts);
        for (const name of ['web-1', 'web-2']) {
          pending(facts, name, { reason: 'ImagePullBackOff' }).status.podIPs = ['10.0.0.100'];
        }
      }),
    },
    {
      name: 'a sandbox that fails for another reason',
      facts: given(sampleFacts, (facts) => {
        without(facts, 'failed to connect to 127.0.0.1:50051');
        full(facts);
      }),
    },
    {
      name: 'full subnets alone',
      facts: given(sampleFacts, (facts) => {
        full(facts);
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'the event of a pod that runs by now',
      facts: given(sampleFacts, (facts) => {
        facts.slices.events = [
          event('Pod', 'web-1', 'FailedCreatePodSandBox', sandbox('failed to assign an IP address to container')),
        ];
        full(facts);
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
