import { podEniUnresolvable } from '../../core/checks/registration/pod-eni-unresolvable.ts';
import { endedJob } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { failing, lackingRule, saying } from './controller-case.ts';

const unresolved = {
  kind: 'TargetGroupBinding' as const,
  name: 'k8s-shop-web-0123456789',
  reason: 'FailedNetworkReconcile',
  note: 'cannot resolve pod ENI for pods: [shop/web-1]',
};
const told = saying(lackingRule, unresolved);

testCheck(podEniUnresolvable, {
  found: [
    {
      name: 'the pod that the event names has no rule, the other one is not its business',
      facts: told,
      targets: ['10.0.0.100'],
      confidence: 'confirmed',
      saw: /cannot resolve pod ENI for pods: \[shop\/web-1\]; sg-0000000000000000a has no rule for TCP 8080/,
    },
    {
      name: 'the pod that the event names, whose address a job had before',
      facts: given(told, (facts) => {
        endedJob(facts, '10.0.0.100');
      }),
      targets: ['10.0.0.100'],
      confidence: 'confirmed',
      saw: /cannot resolve pod ENI for pods: \[shop\/web-1\]/,
    },
    {
      name: 'an interface that EC2 does not show here either',
      facts: given(told, ({ slices }) => {
        for (const each of slices.networkInterfaces) {
          each.privateIps = each.privateIps.filter((address) => address !== '10.0.0.100');
        }
      }),
      targets: ['10.0.0.100'],
      confidence: 'possible',
      saw: 'EC2 has no interface with 10.0.0.100 either',
    },
  ],
  ruledOut: [
    { name: 'a missing rule without the event', facts: lackingRule },
    {
      name: 'pods that fail though their rule is there',
      facts: given(saying(failing, unresolved), ({ slices }) => {
        slices.targetGroupBindings = lackingRule().slices.targetGroupBindings;
      }),
    },
    {
      name: 'an address of an overlay network',
      facts: given(told, ({ slices }) => {
        const [pod] = slices.pods;
        const [target] = slices.targetHealth;
        if (pod === undefined || target === undefined) throw new Error('the sample has pods and targets');
        pod.status.podIPs = ['192.168.7.9'];
        target.id = '192.168.7.9';
      }),
    },
    {
      name: 'a message that passed once the interfaces were known',
      facts: saying(saying(lackingRule, { ...unresolved, lastSeen: '2026-11-20T11:40:00Z' }), {
        ...unresolved,
        reason: 'SuccessfullyReconciled',
        note: 'Successfully reconciled',
      }),
    },
  ],
});
