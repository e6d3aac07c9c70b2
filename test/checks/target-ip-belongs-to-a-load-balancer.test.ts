import { targetIpBelongsToALoadBalancer } from '../../core/checks/registration/target-ip-belongs-to-a-load-balancer.ts';
import { sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const ip = () => sampleFacts({ targetType: 'ip' });
const unusable = (id: string) =>
  given(ip, ({ slices }) => {
    slices.targetHealth.push(target({ id, state: 'unused', reason: 'Target.IpUnusable' }));
  });

testCheck(targetIpBelongsToALoadBalancer, {
  found: [
    {
      name: 'an interface of a load balancer carries the address',
      facts: unusable('10.0.1.5'),
      targets: ['10.0.1.5'],
      confidence: 'confirmed',
      saw: '(ELB net/k8s-shop-web/0123456789abcdef) has 10.0.1.5',
    },
    {
      name: 'the interface is not among those read',
      facts: unusable('10.0.1.99'),
      targets: ['10.0.1.99'],
      confidence: 'probable',
      saw: 'Target.IpUnusable',
    },
  ],
  ruledOut: [
    {
      name: 'an address of nobody, which fails its checks',
      facts: given(ip, ({ slices }) => {
        slices.targetHealth.push(target({ id: '10.0.2.77', state: 'unhealthy', reason: 'Target.FailedHealthChecks' }));
      }),
    },
    { name: 'healthy addresses', facts: ip },
  ],
});
