import { isEmpty } from '../../controllers/node-selection.ts';
import { check } from '../../diagnosis/check.ts';
import { isFargateNode } from '../../kubernetes/node.ts';
import { endpointsOf, isLocal, isReady, serviceOf, servicePortOf } from '../../kubernetes/service.ts';

export const fargateWithInstanceTargets = check({
  id: 'fargate-with-instance-targets',
  kind: 'fault',
  stage: 'configuration',
  severity: 'critical',
  title: 'The pods run on Fargate, which cannot be reached through instance targets',
  symptom: 'The target group stays empty or all its nodes fail, while the pods on Fargate are ready.',
  why: `Every pod on Fargate has a separate node without an instance or a NodePort, so it never becomes an instance target. Nodes on EC2
can forward to it, but not under the policy Local, and if there are none the target group stays empty.`,
  proof: `The target type is instance, every ready endpoint runs on a Fargate node, and either no node is registered or the policy is Local.`,
  nearMisses: [
    'Under the policy Cluster EC2 nodes forward to pods on Fargate, and the targets are healthy.',
    'With ip targets pods on Fargate are registered like any other.',
  ],
  decidedBy: 'the nodes on which the pods run: kubectl get pods -o wide',
  fix: [
    {
      text: 'Switch the Service to ip targets, served by the AWS Load Balancer Controller. The target group is replaced.',
      change: { annotate: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip' } },
      only: ['aws-load-balancer-controller', 'eks-auto-mode'],
      disturbs: 'The target group of this Service is replaced: all targets register again, which takes minutes.',
    },
    {
      only: ['cloud-provider-aws'],
      text: 'cloud-provider-aws registers instances only. Create a new Service with loadBalancerClass service.k8s.aws/nlb and ip targets for the AWS Load Balancer Controller, and move clients to it: its load balancer has another name.',
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html'],
  masks: ['ready-endpoints-not-registered', 'node-excluded-by-label', 'target-node-labels-select-nothing'],
  needs: ['services', 'endpointSlices', 'nodes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, endpointSlices, nodes }) {
    const service = serviceOf(group, services);
    if (service === undefined) return undefined;
    if (!nodes.some(isFargateNode)) return [];
    const fargate = new Set(nodes.filter(isFargateNode).map(({ metadata }) => metadata.name));
    const ready = endpointsOf(service, servicePortOf(group, service), endpointSlices).filter(isReady);
    if (ready.length === 0 || ready.some(({ nodeName }) => !fargate.has(nodeName ?? ''))) return [];
    const evidence = {
      saw: `${ready.length} ready endpoint${ready.length > 1 ? 's, all' : ''} on Fargate: ${[...new Set(ready.flatMap(({ nodeName }) => nodeName ?? []))].join(', ')}`,
      expected: 'ip targets, or pods on EC2 nodes',
      confidence: 'confirmed' as const,
    };
    if (isEmpty(group)) return [evidence];
    return isLocal(group, service) ? group.failing.map((target) => ({ target, ...evidence })) : [];
  },
});
