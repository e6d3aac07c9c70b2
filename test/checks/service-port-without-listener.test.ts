import { servicePortWithoutListener } from '../../core/checks/registration/service-port-without-listener.ts';
import type { Facts } from '../../core/model/facts.ts';
import { sampleFacts, takenAt } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

/** The sample, whose Service of an earlier day names its load balancer. */
const named = (change: (facts: Facts) => void = () => {}) =>
  given(sampleFacts, (facts) => {
    const [balancer] = facts.slices.loadBalancers;
    for (const service of facts.slices.services) {
      service.spec.type = 'LoadBalancer';
      service.spec.loadBalancerClass = 'service.k8s.aws/nlb';
      service.metadata.creationTimestamp = '2026-11-01T00:00:00Z';
      service.status.loadBalancer = balancer === undefined ? [] : [{ hostname: balancer.dnsName }];
    }
    change(facts);
  });

const moved = ({ slices }: Facts): void => {
  for (const listener of slices.listeners) listener.port = 8081;
};
const withPort = ({ slices }: Facts): void => {
  for (const { spec } of slices.services)
    spec.ports.push({ name: 'tls', protocol: 'TCP', port: 443, targetPort: 8443, nodePort: 31_443 });
};

testCheck(servicePortWithoutListener, {
  found: [
    {
      name: 'the listener has another port',
      facts: named(moved),
      targets: [],
      confidence: 'confirmed',
      saw: /port 80 of the Service: no listener of k8s-shop-web has it; there is TCP 8081/,
      values: { port: 80 },
    },
    {
      name: 'the listener has another protocol',
      facts: named(({ slices }) => {
        for (const listener of slices.listeners) listener.protocol = 'UDP';
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /there is UDP 80/,
    },
    {
      name: 'another port of the Service has none, and no target group',
      facts: named(withPort),
      targets: [],
      confidence: 'confirmed',
      saw: /port 443 of the Service: no listener/,
    },
    {
      name: 'somebody has just written the Service',
      facts: named((facts) => {
        moved(facts);
        for (const { metadata } of facts.slices.services) metadata.writes = [{ manager: 'kubectl-edit', at: takenAt }];
      }),
      targets: [],
      confidence: 'probable',
      saw: /port 80 of the Service: no listener/,
    },
  ],
  ruledOut: [
    { name: 'a healthy group', facts: named() },
    {
      name: 'another port of the Service whose own target group shows it',
      facts: named((facts) => {
        withPort(facts);
        const [group] = facts.slices.targetGroups;
        if (group === undefined) return;
        const tags = {
          'elbv2.k8s.aws/cluster': 'shop',
          'service.k8s.aws/stack': 'shop/web',
          'service.k8s.aws/resource': 'shop/web:443',
        };
        facts.slices.targetGroups.push({ ...group, arn: `${group.arn}-tls`, tags });
      }),
    },
    {
      name: 'another port of the Service whose target group is deleted',
      facts: named((facts) => {
        withPort(facts);
        facts.slices.lostBackends = [
          {
            namespace: 'shop',
            service: 'web',
            lacks: 'target-group',
            hostName: 'k8s-shop-web-0123456789abcdef.elb.eu-west-1.amazonaws.com',
            loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/k8s-shop-web/0',
            targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/tls/0',
            servicePort: '443',
            controller: 'aws-load-balancer-controller',
          },
        ];
      }),
    },
    {
      name: 'a listener for TLS',
      facts: named(({ slices }) => {
        for (const listener of slices.listeners) listener.protocol = 'TLS';
      }),
    },
    {
      name: 'a load balancer that is not the one of the Service',
      facts: named((facts) => {
        moved(facts);
        for (const { status } of facts.slices.services) status.loadBalancer = [];
      }),
    },
    {
      name: 'a Service made a minute ago',
      facts: named((facts) => {
        moved(facts);
        for (const { metadata } of facts.slices.services) metadata.creationTimestamp = takenAt;
      }),
    },
    {
      name: 'a class that no controller takes',
      facts: named((facts) => {
        moved(facts);
        for (const { spec } of facts.slices.services) spec.loadBalancerClass = 'example.com/other';
      }),
    },
    {
      name: 'no listener in use',
      facts: named((facts) => {
        moved(facts);
        for (const listener of facts.slices.listeners) listener.forwards = [];
      }),
    },
  ],
});
