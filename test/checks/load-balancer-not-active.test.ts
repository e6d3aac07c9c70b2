import { loadBalancerNotActive } from '../../core/checks/registration/load-balancer-not-active.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const initial = (state: string) =>
  given(sampleFacts, ({ slices }) => {
    for (const balancer of slices.loadBalancers)
      Object.assign(balancer, { state, stateReason: 'not enough addresses' });
    for (const each of slices.targetHealth)
      Object.assign(each, { state: 'initial', reason: 'Elb.RegistrationInProgress' });
  });
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(loadBalancerNotActive, {
  found: [
    {
      name: 'it failed',
      facts: initial('failed'),
      targets: all,
      confidence: 'confirmed',
      saw: 'k8s-shop-web is failed: not enough addresses',
    },
    {
      name: 'it has been provisioning for days',
      facts: initial('provisioning'),
      targets: all,
      confidence: 'confirmed',
      saw: 'is provisioning',
    },
    {
      name: 'it is impaired, and a target fails its checks',
      facts: given(initial('active_impaired'), ({ slices }) => {
        for (const each of slices.targetHealth) each.state = 'healthy';
        fail(slices.targetHealth, instanceId(1));
      }),
      targets: [instanceId(1)],
      confidence: 'possible',
      saw: 'active_impaired',
    },
    {
      name: 'it is impaired, and targets stay initial',
      facts: initial('active_impaired'),
      targets: all,
      confidence: 'probable',
      saw: 'active_impaired',
    },
    {
      name: 'it is impaired, and every target is healthy',
      facts: given(initial('active_impaired'), ({ slices }) => {
        for (const each of slices.targetHealth) each.state = 'healthy';
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'active_impaired',
    },
  ],
  ruledOut: [
    { name: 'an active one with targets that are initial', facts: initial('active') },
    {
      name: 'a new one',
      facts: given(initial('provisioning'), ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.createdAt = '2026-11-20T11:57:00Z';
      }),
    },
  ],
});
