import { expect, test } from 'vitest';
import { targetGroupNotAttached } from '../../core/checks/registration/target-group-not-attached.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const unused = (facts: Facts) => {
  for (const target of facts.slices.targetHealth) {
    target.state = 'unused';
    target.reason = 'Target.NotInUse';
  }
};

/** The sample as its controller made it for a Service that names its load balancer, whose listener is gone. */
const deleted = (change: (facts: Facts) => void = () => {}) =>
  given(sampleFacts, (facts) => {
    const { slices } = facts;
    for (const group of slices.targetGroups)
      Object.assign(group, {
        loadBalancerArns: [],
        tags: {
          'elbv2.k8s.aws/cluster': 'shop',
          'service.k8s.aws/stack': 'shop/web',
          'service.k8s.aws/resource': 'shop/web:80',
        },
      });
    for (const service of slices.services) {
      service.spec.type = 'LoadBalancer';
      service.metadata.creationTimestamp = '2026-11-01T00:00:00Z';
      service.status.loadBalancer = slices.loadBalancers.map(({ dnsName }) => ({ hostname: dnsName }));
    }
    slices.listeners = [];
    unused(facts);
    change(facts);
  });

const emptied = ({ slices }: Facts) => {
  slices.targetHealth = [];
};

testCheck(targetGroupNotAttached, {
  found: [
    {
      name: 'the listener of a Service is gone',
      facts: deleted(),
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'confirmed',
      saw: 'no listener of k8s-shop-web forwards to k8s-shop-web-0123456789, and none leads to port 80',
      values: { owed: 80, port: 80 },
    },
    {
      name: 'the listener of a Service is gone, and its target group is empty',
      facts: deleted(emptied),
      targets: [],
      confidence: 'confirmed',
      saw: 'none leads to port 80',
    },
    {
      name: 'no load balancer at all',
      facts: given(sampleFacts, (facts) => {
        for (const group of facts.slices.targetGroups) group.loadBalancerArns = [];
        facts.slices.listeners = [];
        unused(facts);
      }),
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'confirmed',
      saw: 'belongs to no load balancer',
    },
    {
      name: 'no listener forwards to it',
      facts: given(sampleFacts, (facts) => {
        facts.slices.listeners = [];
        unused(facts);
      }),
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'confirmed',
      saw: 'no listener of k8s-shop-web forwards',
    },
  ],
  ruledOut: [
    {
      name: 'an empty group of a Service whose port another group serves',
      facts: deleted((facts) => {
        emptied(facts);
        const [balancer] = facts.slices.loadBalancers;
        const forwards = [{ targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/new/0' }];
        facts.slices.listeners = [
          { arn: 'listener', loadBalancerArn: balancer?.arn ?? '', protocol: 'TCP', port: 80, forwards },
        ];
      }),
    },
    {
      name: 'an empty group of a Service that is being deleted',
      facts: deleted((facts) => {
        emptied(facts);
        for (const { metadata } of facts.slices.services) metadata.deletionTimestamp = facts.takenAt;
      }),
    },
    {
      name: 'an empty group of somebody’s own',
      facts: deleted((facts) => {
        emptied(facts);
        for (const group of facts.slices.targetGroups) group.tags = {};
      }),
    },
    { name: 'targets of a zone that the load balancer does not use', facts: given(sampleFacts, unused) },
    {
      name: 'a load balancer that could not be seen',
      facts: given(sampleFacts, (facts) => {
        facts.slices.loadBalancers = [];
        facts.slices.listeners = [];
        unused(facts);
      }),
    },
  ],
});

test('the listener is to have the port of the Service, not the NodePort', () => {
  const facts = sampleFacts();
  facts.slices.listeners = [];
  unused(facts);
  const [group] = groupsOf(facts);
  const [evidence] = (group && targetGroupNotAttached.run(group, facts.slices)) ?? [];
  expect(evidence?.values).toMatchObject({ port: '80' });
});
