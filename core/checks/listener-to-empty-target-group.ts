import { startSeconds } from '../affected.ts';
import { check } from '../check.ts';
import { driftOfEmpty } from '../diagnosis/empty-target-group.ts';
import { weightsOf } from '../weights.ts';

export const listenerToEmptyTargetGroup = check({
  id: 'listener-to-empty-target-group',
  kind: 'fault',
  lastResort: true,
  stage: 'answer',
  severity: 'critical',
  title: 'A listener forwards to a target group without targets, while the Service has ready endpoints',
  symptom: 'Clients are refused or time out. No target is unhealthy, since none is registered.',
  why: `A target group without targets has nothing that could fail a health check: no alarm on unhealthy targets fires, and no client is
served. The pods are ready, so that something between Kubernetes and Elastic Load Balancing has stopped registering them.`,
  proof: `A listener forwards to the target group with a weight above 0, no target is registered, and endpoints of the Service (ip targets) or
nodes of the cluster (instance targets) have been ready for more than ${startSeconds / 60} minutes. It is reported only where no other entry
of the catalogue explains it.`,
  nearMisses: [
    'A group of weight 0 waits on purpose: `intended-empty-or-blue-green`.',
    'Pods that became ready minutes ago are being registered.',
    'A Service without ready endpoints has another problem first.',
  ],
  decidedBy: 'the log of the controller that registers targets, and the status and events of the TargetGroupBinding',
  fix: [
    {
      text: 'See what the controller reports about the Service and its TargetGroupBinding.',
      command: 'kubectl --namespace {namespace} describe service {service}',
      verify: 'aws elbv2 describe-target-health --region {region} --target-group-arn {targetGroup}',
    },
    {
      text: 'Look for the errors of the controller.',
      command: 'kubectl --namespace kube-system logs deployment/aws-load-balancer-controller --since=1h',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/',
  ],
  explains: [],
  needs: ['listeners', 'services', 'pods', 'nodes', 'endpointSlices'],

  run(group, slices) {
    const isUsed = weightsOf(group).some((weight) => weight > 0);
    if (!isUsed || group.targets.length > 0) return [];
    const waiting = driftOfEmpty(group, slices);
    if (waiting.length === 0) return [];
    const forwards = group.listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ');
    return waiting.map((saw) => ({
      saw: `${forwards} forwards here; ${saw}`,
      expected: 'every ready endpoint, or the nodes that serve them, registered',
      confidence: 'probable' as const,
    }));
  },
});
