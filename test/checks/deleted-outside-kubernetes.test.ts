import { deletedOutsideKubernetes } from '../../core/checks/registration/deleted-outside-kubernetes.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { LostBackend } from '../../core/model/lost/lost-backend.ts';
import { fail, instanceId, metadata, sampleFacts, targetGroupArn } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const lost: LostBackend = {
  namespace: 'shop',
  service: 'web',
  lacks: 'load-balancer',
  hostName: 'k8s-shop-web-0123456789abcdef.elb.eu-west-1.amazonaws.com',
  loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/k8s-shop-web/0123456789abcdef',
  controller: 'aws-load-balancer-controller',
};

const hostNameOfNone = 'k8s-shop-old-0123456789abcdef.elb.eu-west-1.amazonaws.com';

const without = (change: (facts: Facts) => void) =>
  given(sampleFacts, (facts) => {
    facts.slices.targetGroups = [];
    facts.slices.targetHealth = [];
    facts.slices.listeners = [];
    facts.owners = [];
    change(facts);
  });

testCheck(deletedOutsideKubernetes, {
  found: [
    {
      name: 'the load balancer and its target group are gone, and a binding names the latter',
      facts: without(({ slices }) => {
        slices.loadBalancers = [];
        slices.lostBackends = [{ ...lost, targetGroupArn, servicePort: '80' }];
        slices.targetGroupBindings = [
          {
            metadata: metadata('k8s-shop-web-0123456789', 'shop'),
            spec: { targetGroupARN: targetGroupArn, serviceRef: { name: 'web', port: 80 } },
          },
        ];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /sends clients to k8s-shop-web-0123456789abcdef\.elb\.eu-west-1\.amazonaws\.com, and the account has no such load balancer$/,
      values: { call: 'DeleteLoadBalancer', binding: 'k8s-shop-web-0123456789', bindingNamespace: 'shop' },
    },
    {
      name: 'both are gone, and nothing names the target group',
      facts: without(({ slices }) => {
        slices.loadBalancers = [];
        slices.lostBackends = [lost];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /the account has no such load balancer$/,
    },
    {
      name: 'the target group of a binding is gone, and the load balancer is there',
      facts: without(({ slices }) => {
        slices.lostBackends = [{ ...lost, lacks: 'target-group', targetGroupArn, servicePort: '80' }];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /the binding of port 80 names arn:aws:.*, and the account has no such target group; k8s-shop-web is there/,
      values: { call: 'DeleteTargetGroup' },
    },
    {
      name: 'the target group is behind another load balancer than the one that the Service names',
      facts: given(sampleFacts, ({ slices }) => {
        slices.lostBackends = [{ ...lost, hostName: hostNameOfNone }];
        for (const group of slices.targetGroups)
          group.tags = { 'elbv2.k8s.aws/cluster': 'shop', 'service.k8s.aws/stack': 'shop/web' };
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /and the account has no such load balancer; its target group k8s-shop-web-0123456789 is behind k8s-shop-web$/,
    },
    {
      name: 'a group that a person made is behind a load balancer, and the Service names one that is gone',
      facts: given(sampleFacts, ({ slices }) => {
        slices.lostBackends = [{ ...lost, hostName: hostNameOfNone }];
      }),
      targets: [],
      confidence: 'probable',
      saw: /is behind k8s-shop-web$/,
    },
    {
      name: 'the load balancer is there, and nothing behind it',
      facts: without(({ slices }) => {
        slices.lostBackends = [{ ...lost, lacks: 'target-group' }];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /k8s-shop-web is there, and no target group of the account is of this Service/,
    },
    {
      name: 'the load balancer is gone, and its target group is left',
      facts: given(sampleFacts, (facts) => {
        fail(facts.slices.targetHealth, instanceId(0));
        facts.slices.loadBalancers = [];
        facts.slices.listeners = [];
        facts.slices.lostBackends = [lost];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /its target group k8s-shop-web-0123456789 is left, and nothing uses it/,
    },
  ],
  ruledOut: [
    { name: 'a healthy group', facts: sampleFacts },
    {
      name: 'a load balancer that another Service lost',
      facts: given(sampleFacts, ({ slices }) => {
        slices.lostBackends = [{ ...lost, service: 'zoo' }];
      }),
    },
  ],
});
