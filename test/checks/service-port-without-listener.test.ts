import { servicePortWithoutListener } from '../../core/checks/registration/service-port-without-listener.ts';
import type { Facts } from '../../core/model/facts.ts';
import { sampleFacts, takenAt, targetGroupArn } from '../core/sample-facts.ts';
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

const balancerArn =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/k8s-shop-web/0123456789abcdef';

const moved = ({ slices }: Facts): void => {
  for (const listener of slices.listeners) listener.port = 8081;
};
const withPort = ({ slices }: Facts): void => {
  for (const { spec } of slices.services)
    spec.ports.push({ name: 'tls', protocol: 'TCP', port: 443, targetPort: 8443, nodePort: 31_443 });
};

/** Listeners on 80 and 443, and a target group for each, which each listener gets by `leadsTo`. */
const withTwo = (leadsTo: { 80: string; 443: string }, change: (facts: Facts) => void = () => {}) =>
  named((facts) => {
    withPort(facts);
    const { slices } = facts;
    const [group] = slices.targetGroups;
    const [listener] = slices.listeners;
    const [slice] = slices.endpointSlices;
    if (group === undefined || listener === undefined || slice === undefined) throw new Error('the sample has them');
    const tagsOf = (port: number) => ({
      'elbv2.k8s.aws/cluster': 'shop',
      'service.k8s.aws/stack': 'shop/web',
      'service.k8s.aws/resource': `shop/web:${port}`,
    });
    group.tags = tagsOf(80);
    slices.targetGroups.push({ ...group, arn: tlsGroup, name: 'tls', tags: tagsOf(443) });
    slice.ports.push({ name: 'tls', port: 8443, protocol: 'TCP' });
    facts.cluster = { name: 'shop' } as Facts['cluster'];
    listener.forwards = [{ targetGroupArn: leadsTo[80] }];
    slices.listeners.push({
      ...listener,
      arn: `${listener.arn}-tls`,
      port: 443,
      forwards: [{ targetGroupArn: leadsTo[443] }],
    });
    change(facts);
  });
const tlsGroup = `${targetGroupArn}-tls`;
const swapped = { 80: tlsGroup, 443: targetGroupArn };

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
      name: 'the listeners of two ports are exchanged',
      facts: withTwo(swapped),
      targets: [],
      confidence: 'confirmed',
      saw: /port 80 of the Service: its listener at k8s-shop-web forwards to tls, the target group of port 443 of shop\/web, alone/,
      values: { port: 80, back: `${balancerArn}/listener` },
    },
    {
      name: 'its listener leads elsewhere, and its target group is at another load balancer',
      facts: withTwo(swapped, ({ slices }) => {
        const [group] = slices.targetGroups;
        if (group !== undefined) group.loadBalancerArns = [`${balancerArn}-other`];
        slices.loadBalancers.push(
          ...slices.loadBalancers.map((each) => ({ ...each, arn: `${balancerArn}-other`, dnsName: 'other' })),
        );
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /forwards to tls/,
      values: { port: 80, astray: `${balancerArn}/listener`, absent: 'yes' },
    },
    {
      name: 'the status names another load balancer, whose listener has another number',
      facts: withTwo({ 80: targetGroupArn, 443: tlsGroup }, ({ slices }) => {
        const [balancer] = slices.loadBalancers;
        const [listener] = slices.listeners;
        if (balancer === undefined || listener === undefined) return;
        slices.loadBalancers.push({
          ...balancer,
          arn: `${balancer.arn}f`,
          name: 'other',
          dnsName: 'other.example.com',
        });
        slices.listeners.push({
          ...listener,
          arn: `${listener.arn}f`,
          loadBalancerArn: `${balancer.arn}f`,
          port: 8080,
        });
        for (const { status } of slices.services) status.loadBalancer = [{ hostname: 'Other.example.com' }];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /port 80 of the Service: no listener of other has it; there is TCP 8080/,
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
    { name: 'two ports, each with its listener', facts: withTwo({ 80: targetGroupArn, 443: tlsGroup }) },
    {
      name: 'exchanged listeners of two ports with the same endpoints',
      facts: withTwo(swapped, ({ slices }) => {
        for (const { ports } of slices.endpointSlices) for (const port of ports) port.port = 8080;
      }),
    },
    {
      name: 'the endpoints of the ports are not known',
      facts: withTwo(swapped, ({ slices }) => {
        slices.endpointSlices = [];
      }),
    },
    {
      name: 'some clients go to the target group of another port',
      facts: withTwo(swapped, ({ slices }) => {
        for (const { forwards } of slices.listeners) forwards.push({ targetGroupArn, weight: 1 });
      }),
    },
    {
      name: 'a group that a person made stands behind the listener',
      facts: withTwo({ 80: tlsGroup, 443: tlsGroup }, ({ slices }) => {
        for (const group of slices.targetGroups) if (group.arn === tlsGroup) group.tags = {};
      }),
    },
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
