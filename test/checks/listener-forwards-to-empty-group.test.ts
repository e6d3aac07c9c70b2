import { listenerForwardsToEmptyGroup } from '../../core/checks/registration/listener-forwards-to-empty-group.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Controller } from '../../core/model/owner.ts';
import { sampleFacts, targetGroupArn } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { handMade } from './controller-case.ts';

const own = `${targetGroupArn}-own`;

/** The group of the sample, empty and without tags, beside that of the controller, which has the targets. */
const beside = (
  weights: { canary: number; own?: number },
  controller: Controller = 'aws-load-balancer-controller',
  change: (facts: Facts) => void = () => {},
) =>
  given(sampleFacts, (facts) => {
    const { slices } = facts;
    const [group] = slices.targetGroups;
    if (group === undefined) throw new Error('the sample has a target group');
    facts.cluster = { name: 'shop' } as Facts['cluster'];
    facts.owners = [targetGroupArn, own].map((arn) => ({
      targetGroupArn: arn,
      cluster: 'shop',
      namespace: 'shop',
      service: 'web',
      ...(arn === own && { servicePort: '80' }),
      controller,
      by: arn === own ? ('tags' as const) : ('host-name' as const),
    }));
    group.port = 8080;
    slices.targetGroups.push({
      ...group,
      arn: own,
      name: 'own',
      port: 31_080,
      tags: {
        'elbv2.k8s.aws/cluster': 'shop',
        'service.k8s.aws/stack': 'shop/web',
        'service.k8s.aws/resource': 'shop/web:80',
      },
    });
    for (const target of slices.targetHealth) target.targetGroupArn = own;
    for (const listener of slices.listeners)
      listener.forwards = [
        { targetGroupArn, weight: weights.canary },
        ...(weights.own === undefined ? [] : [{ targetGroupArn: own, weight: weights.own }]),
      ];
    change(facts);
  });

const annotation = 'service.beta.kubernetes.io/actions.TCP-80';
const annotated = ({ slices }: Facts): void => {
  for (const { metadata } of slices.services)
    metadata.annotations[annotation] = JSON.stringify({
      type: 'forward',
      forwardConfig: { baseServiceWeight: 1, targetGroups: [{ targetGroupARN: targetGroupArn, weight: 1 }] },
    });
};

testCheck(listenerForwardsToEmptyGroup, {
  found: [
    {
      name: 'it has half of the clients',
      facts: beside({ canary: 50, own: 50 }),
      targets: [],
      confidence: 'confirmed',
      saw: /^TCP 80 of k8s-shop-web sends 50% of the clients to .*, which has no target; it has no tags of a controller/,
      values: { rest: `Type=forward,TargetGroupArn=${own}` },
    },
    {
      name: 'it has few of the clients',
      facts: beside({ canary: 1, own: 999 }),
      targets: [],
      confidence: 'confirmed',
      saw: /sends less than 1% of the clients/,
    },
    {
      name: 'it has all clients, and the group of the port none',
      facts: beside({ canary: 1 }),
      targets: [],
      confidence: 'confirmed',
      saw: /sends all clients/,
      values: { rest: `Type=forward,TargetGroupArn=${own}` },
    },
    {
      name: 'it has all clients, and no group was made for the port',
      facts: beside({ canary: 1 }, 'aws-load-balancer-controller', ({ slices }) => {
        slices.targetGroups = slices.targetGroups.filter(({ arn }) => arn !== own);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /sends all clients/,
      values: { alone: 'yes' },
    },
    {
      name: 'two others serve',
      facts: beside({ canary: 1, own: 2 }, 'aws-load-balancer-controller', ({ slices }) => {
        for (const { forwards } of slices.listeners) forwards.push({ targetGroupArn: `${own}-2`, weight: 3 });
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /sends 17% of the clients/,
      values: {
        rest: `Type=forward,ForwardConfig={TargetGroups=[{TargetGroupArn=${own},Weight=2},{TargetGroupArn=${own}-2,Weight=3}]}`,
      },
    },
    {
      name: 'the annotation of the Service names it',
      facts: beside({ canary: 1, own: 1 }, 'aws-load-balancer-controller', annotated),
      targets: [],
      confidence: 'confirmed',
      saw: /the annotation service\.beta\.kubernetes\.io\/actions\.TCP-80 of shop\/web names it/,
      values: { annotation },
    },
    {
      name: 'at a load balancer of cloud-provider-aws, at no NodePort',
      facts: beside({ canary: 1, own: 1 }, 'cloud-provider-aws'),
      targets: [],
      confidence: 'confirmed',
      saw: /sends 50% of the clients/,
    },
  ],
  ruledOut: [
    { name: 'a healthy group', facts: sampleFacts },
    { name: 'it has no clients', facts: beside({ canary: 0, own: 1 }) },
    {
      name: 'it has targets',
      facts: beside({ canary: 1, own: 1 }, 'aws-load-balancer-controller', ({ slices }) => {
        for (const target of slices.targetHealth) target.targetGroupArn = targetGroupArn;
      }),
    },
    {
      name: 'a TargetGroupBinding names it',
      facts: beside({ canary: 1, own: 1 }, 'aws-load-balancer-controller', ({ slices }) => {
        slices.targetGroupBindings = [handMade()];
      }),
    },
    {
      name: 'an old release of cloud-provider-aws made it, at the NodePort',
      facts: beside({ canary: 1, own: 1 }, 'cloud-provider-aws', ({ slices }) => {
        for (const group of slices.targetGroups) group.port = 31_080;
      }),
    },
    { name: 'no controller of the Service is known', facts: beside({ canary: 1, own: 1 }, 'none') },
  ],
});
