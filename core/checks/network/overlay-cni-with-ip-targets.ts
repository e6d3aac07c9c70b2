import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { isServing } from '../../kubernetes/pod.ts';
import { nameOf, podsOf, serviceOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import { named } from '../../model/indexed.ts';
import { isHybridNode, isOutside } from '../../network/outside-vpc.ts';

export const overlayCniWithIpTargets = check({
  id: 'overlay-cni-with-ip-targets',
  kind: 'fault',
  stage: 'network',
  severity: 'critical',
  title: 'The pods have addresses of an overlay network, which a load balancer cannot reach',
  symptom: 'Pods with addresses outside the VPC are never registered, or are targets that cannot be reached.',
  why: `Ip targets need addresses that the VPC knows. A network plug-in that encapsulates traffic between nodes gives its pods
other addresses: no interface of the VPC has them, so packets of the load balancer have no destination.`,
  proof: `The pod runs on an EC2 node of the cluster and its address is in none of the VPC's ranges.`,
  nearMisses: [
    'Pods of EKS Hybrid Nodes are outside the VPC and are reached through routes.',
    'Custom networking uses secondary ranges of the VPC, often 100.64.0.0/10: these belong to the VPC.',
    'Cilium in ENI mode uses addresses of the VPC.',
  ],
  decidedBy: 'the address ranges of the VPC and of the plug-in’s pools',
  fix: [
    {
      text: 'Register the nodes instead of the pods; the target group is replaced.',
      change: { annotate: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance' } },
      disturbs: 'The new target group of this Service is empty for some minutes, and clients lose their connections.',
    },
    { text: 'Or give the pods addresses of the VPC: the VPC CNI, or the native mode of the plug-in.' },
  ],
  links: [
    'https://docs.aws.amazon.com/eks/latest/userguide/alternate-cni-plugins.html',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3754',
  ],
  masks: [
    'ip-target-unroutable-or-outside-vpc',
    'pod-eni-unresolvable',
    'sg-target-missing-health-check-rule',
    'controller-build-or-deploy-failed',
    'controller-not-running-or-stuck',
    'readiness-gate-stuck',
    'app-saturated',
  ],
  needs: ['services', 'pods', 'nodes', 'vpcs'],
  optional: ['events', 'targetGroupBindings'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'ip',

  run(group, facts) {
    const service = serviceOf(group, facts.services);
    if (service === undefined) return undefined;
    if (group.targets.length > 0 && group.failing.length === 0) return [];
    const strangers = podsOf(service, facts.pods)
      .filter(isServing)
      .flatMap((pod) => {
        const node = named(facts.nodes, undefined, pod.spec.nodeName);
        const address = pod.status.podIPs.find((ip) => isOutside(ip, group.targetGroup, facts.vpcs));
        return node === undefined || isHybridNode(node) || address === undefined ? [] : [{ pod, address }];
      });
    const ranges = facts.vpcs.find(({ id }) => id === group.targetGroup.vpcId)?.cidrs.join(', ') ?? '';
    const expected = `addresses of the VPC (${ranges})`;
    if (group.targets.length === 0) {
      const [reported] = reconcileErrorsOf(group, facts.events ?? [], facts.targetGroupBindings);
      return strangers.map(
        ({ pod, address }): Evidence => ({
          saw: `${nameOf(pod)} has the address ${address}${reported === undefined ? '' : `; ${formatReconcileError(reported)}`}`,
          expected,
          confidence: reported === undefined ? 'probable' : 'confirmed',
        }),
      );
    }
    return group.failing.flatMap((target) =>
      strangers
        .filter(({ address }) => address === target.id)
        .map(
          ({ pod, address }): Evidence => ({
            target,
            saw: `${nameOf(pod)} on ${pod.spec.nodeName} has the address ${address}, outside the VPC`,
            expected,
            confidence: 'confirmed',
          }),
        ),
    );
  },
});
