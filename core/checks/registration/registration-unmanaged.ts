import { isPending } from '../../controllers/pending.ts';
import { check } from '../../diagnosis/check.ts';
import { formatMissing } from '../../diagnosis/drift.ts';
import { exclusionOf, isFargateNode, isNodeReady } from '../../kubernetes/node.ts';
import { nodesUnread } from '../../kubernetes/nodes-unread.ts';
import { podsAt } from '../../kubernetes/pod.ts';
import {
  endpointsOf,
  hasAddress,
  isLocal,
  isReady,
  nodeOf,
  serviceOf,
  servicePortOf,
} from '../../kubernetes/service.ts';
import type { Target } from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import type { Condition } from '../../model/kubernetes.ts';
import { isUnmanaged } from '../../model/owner.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { hasInstance } from '../../network/outside-vpc.ts';

export const registrationUnmanaged = check({
  id: 'registration-unmanaged',
  kind: 'fault',
  stage: 'registration',
  severity: 'high',
  needsChange: true,
  title: 'Nothing updates the targets when pods or nodes are replaced',
  symptom:
    'Targets registered by hand or by Terraform fail one after the other, and what serves now is not registered.',
  why: `Target groups of a load balancing controller follow the pods and nodes of the cluster. In this one Terraform, a script or a person
registered addresses or instances once. Every pod that is rescheduled and every node that is replaced leaves a dead target behind, until
none is left.`,
  proof: `No tag and no TargetGroupBinding names an owner; some targets are nodes at the NodePort, or addresses of endpoints, of one Service; and a
failing target is an instance that is no node of the cluster any more, or the address of no pod of the Service.`,
  nearMisses: [
    'With a TargetGroupBinding or the tags of a controller: `stale-targets-not-deregistered`.',
    'An instance that is stopped and still a node comes back by itself: `instance-not-running`.',
    'Every target still stands for a pod or node: the cause is elsewhere.',
  ],
  decidedBy: 'who called RegisterTargets, in CloudTrail',
  fix: [
    {
      text: 'Register what serves now.',
      change: { aws: 'elbv2 register-targets', options: { 'target-group-arn': '{targetGroup}', targets: '{serving}' } },
      when: 'serving',
    },
    {
      text: 'Deregister the dead target.',
      change: {
        aws: 'elbv2 deregister-targets',
        options: { 'target-group-arn': '{targetGroup}', targets: 'Id={target},Port={port}' },
      },
    },
    {
      text: 'For good, let the AWS Load Balancer Controller or EKS Auto Mode fill the target group: write a TargetGroupBinding for it, and take the attachments out of Terraform.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/',
  ],
  masks: [
    'instance-not-running',
    'sg-target-missing-health-check-rule',
    'container-not-listening-on-target-port',
    'ip-target-unroutable-or-outside-vpc',
    'app-error-status',
    'app-saturated',
    'hc-port-wrong',
    'hc-path-wrong-status',
    'hc-success-codes-mismatch',
  ],
  needs: ['services', 'pods', 'endpointSlices'],
  optional: ['nodes', 'instances'],
  applies: ({ owner, targetGroup }) => isUnmanaged(owner) && targetGroup.targetType !== 'alb',

  run(group, facts) {
    const service = serviceOf(group, facts.services);
    if (service === undefined) return undefined;
    const { nodes = [], ...rest } = facts;
    const isInstance = group.targetGroup.targetType === 'instance';
    if (isInstance && facts.nodes === undefined) return [];
    const seen: Facts = { ...rest, nodes };
    const serving = servingNow(group, seen);
    const words =
      serving.length === 0
        ? 'nothing else serves'
        : `${serving
            .slice(0, 5)
            .map(({ id }) => id)
            .join(', ')} would serve and ${serving.length > 1 ? 'are' : 'is'} not registered`;
    const dead = group.nonHealthy
      .filter(({ state }) => state !== 'draining')
      .filter((target) => (isInstance ? isLost(target, seen) : !hasAddress(service, target.id, seen)))
      .map((target) => {
        const [taker] = podsAt(target.id, facts.pods);
        const found = isInstance
          ? `no Node of the cluster has the instance ${target.id}`
          : `${target.id} is the address of no pod of the Service${taker ? `; ${taker.metadata.namespace}/${taker.metadata.name} has it now` : ''}`;
        return {
          target,
          saw: `${found}; no controller fills this target group, and ${words}`,
          expected: 'targets that follow the pods and nodes',
          confidence: 'confirmed' as const,
          values: {
            target: target.id,
            port: target.port,
            ...(serving.length > 0 && { serving: serving.map(({ id }) => `Id=${id},Port=${target.port}`) }),
          },
        };
      });
    const missing = serving.filter(({ isSettled }) => isSettled).map(({ name }) => name);
    const [first] = dead;
    if (first === undefined || missing.length === 0) return dead;
    return [
      ...dead,
      {
        missing,
        saw: `${formatMissing(group, missing)} and not registered instead of them`,
        expected: 'targets that follow the pods and nodes',
        confidence: 'confirmed' as const,
        values: first.values,
      },
    ];
  },

  undecided: (group, { nodes }) => nodesUnread(group, nodes),
});

type Facts = Pick<Slices, 'services' | 'pods' | 'nodes' | 'endpointSlices'> & {
  instances: Slices['instances'] | undefined;
};

/** An instance that is no node, and not one that is merely stopped. */
function isLost(target: Target, { nodes, instances }: Facts): boolean {
  const instance = withId(instances ?? [], target.id);
  return nodeOf(target, nodes) === undefined && !['stopping', 'stopped'].includes(instance?.state ?? '');
}

/** What would serve: its id as a target, its name in Kubernetes, and whether it has been ready for as long as a registration takes. */
interface Serving {
  id: string;
  name: string;
  isSettled: boolean;
}

/** Addresses of ready endpoints, or instances of nodes that forward to one, that are not registered. */
function servingNow(group: TargetGroupContext, { services, pods, nodes, endpointSlices }: Facts): Serving[] {
  const service = serviceOf(group, services);
  if (service === undefined) return [];
  const here = new Set(group.targets.map(({ id }) => id));
  const isLong = (conditions: Condition[] = []): boolean =>
    !isPending(conditions.find(({ type }) => type === 'Ready')?.lastTransitionTime, group.takenAt);
  const ready = endpointsOf(service, servicePortOf(group, service), endpointSlices).filter(isReady);
  const busy = new Set(ready.map(({ nodeName }) => nodeName));
  const serving: Serving[] =
    group.targetGroup.targetType === 'ip'
      ? ready.flatMap(({ addresses }) =>
          addresses.map((id) => ({ id, name: id, isSettled: isLong(podsAt(id, pods)[0]?.status.conditions) })),
        )
      : nodes
          .filter((node) => isNodeReady(node) && hasInstance(node) && !isFargateNode(node))
          .filter((node) => exclusionOf(node, 'none') === undefined)
          .filter(({ metadata }) => !isLocal(group, service) || busy.has(metadata.name))
          .map(({ metadata, spec, status }) => ({
            id: spec.providerID?.split('/').at(-1) ?? '',
            name: metadata.name,
            isSettled: isLong(status.conditions),
          }));
  return serving.filter(({ id }) => !here.has(id));
}
