import { missingTargetsOf } from '../../controllers/missing-targets.ts';
import { bindingsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { formatMissing } from '../../diagnosis/drift.ts';
import { podsAt } from '../../kubernetes/pod.ts';
import { hasAddress, nodeOf, serviceOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import { withId } from '../../model/indexed.ts';
import { type Controller, isUnmanaged } from '../../model/owner.ts';

export const staleTargetsNotDeregistered = check({
  id: 'stale-targets-not-deregistered',
  kind: 'fault',
  stage: 'registration',
  severity: 'high',
  driftSymptom: true,
  title: 'Targets are registered whose pod or node is gone',
  symptom: 'Unhealthy targets are addresses or instances that no pod or node has any more.',
  why: `The controller registers and deregisters targets as pods and nodes come and go. When it stops, the target group keeps addresses that
are no longer in use, or that another workload uses now.`,
  proof: `An ip target is the address of no pod that the Service selects; an instance target belongs to no Node of the cluster.
Draining targets do not count, since they are already deregistered.`,
  nearMisses: [
    'A Service without a selector may point to addresses outside the cluster.',
    'The controller needs a moment after each change.',
    'A target group bound with multiClusterTargetGroup also has targets of other clusters: only targets known to be gone count there.',
  ],
  decidedBy: 'the same target still registered in the next run, and the log of the controller',
  fix: [
    {
      text: 'Find out why the controller does not reconcile.',
      look: { kubectl: 'logs deployment/{controllerDeployment} --tail=100', in: '{controllerNamespace}' },
    },
    {
      text: 'If the log shows no work on this Service, restart the controller: it lists everything again, and compares it with AWS.',
      when: 'ownController',
      change: { restart: { object: 'deployment/{controllerDeployment}', in: '{controllerNamespace}' } },
    },
    {
      text: 'Make cloud-provider-aws compare again: any change of the Service triggers it.',
      when: 'cloudProvider',
      change: { wake: 'service' },
    },
    {
      text: 'Deregister the stale target by hand.',
      when: 'alone',
      change: {
        aws: 'elbv2 deregister-targets',
        options: { 'target-group-arn': '{targetGroup}', targets: 'Id={target},Port={port}' },
      },
      danger: 'A running controller registers it again if it still knows the target.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/',
  ],
  masks: [
    'ready-endpoints-not-registered',
    'sg-target-missing-health-check-rule',
    'container-not-listening-on-target-port',
    'hc-port-wrong',
    'hc-path-wrong-status',
    'hc-success-codes-mismatch',
    'hc-protocol-tls-mismatch',
    'hc-host-header-rejected',
    'hc-endpoint-requires-auth-or-client-cert',
    'hc-https-tls13-only',
    'hc-http-on-non-http-server',
    'ppv2-hc-rejected-by-app',
    'ppv2-expected-but-not-sent',
    'app-error-status',
  ],
  needs: ['services', 'pods', 'nodes'],
  optional: ['endpointSlices', 'instances', 'targetGroupBindings'],
  applies: ({ targetGroup }) => targetGroup.targetType !== 'alb',

  run(group, { services, pods, nodes, endpointSlices, instances, targetGroupBindings }) {
    const service = serviceOf(group, services);
    const failing = group.nonHealthy.filter(({ state }) => state !== 'draining' && state !== 'unused');
    if (isUnmanaged(group.owner)) return undefined;
    if (group.owner === undefined || (service !== undefined && Object.keys(service.spec.selector).length === 0))
      return [];
    const isOwn = (address: string) => service !== undefined && hasAddress(service, address, { pods, endpointSlices });
    const isShared = bindingsOf(group, targetGroupBindings ?? []).some(
      ({ spec }) => spec.multiClusterTargetGroup === true,
    );
    const missing =
      endpointSlices === undefined
        ? []
        : missingTargetsOf(group, { services, pods, nodes, endpointSlices, targetGroupBindings });
    const words = { ...maker[group.owner.controller], ...(missing.length === 0 && { alone: 'yes' }) };
    const stale = failing.flatMap((target): Evidence[] => {
      const isInstance = group.targetGroup.targetType === 'instance';
      if (isInstance ? nodeOf(target, nodes) !== undefined : isOwn(target.id)) return [];
      const [taker] = podsAt(target.id, pods);
      const instanceGone = isInstance && instances !== undefined && withId(instances, target.id) === undefined;
      if (isShared && !instanceGone && taker === undefined) return [];
      return [
        {
          target,
          saw: isInstance
            ? `no Node of the cluster has the instance ${target.id}${instanceGone ? ', and EC2 no longer lists it' : ''}`
            : `${target.id} is the address of no pod of the Service${taker ? `; ${taker.metadata.namespace}/${taker.metadata.name} has it now` : ''}`,
          expected: 'targets deregistered when their pod or node is removed',
          confidence: instanceGone || taker !== undefined ? ('confirmed' as const) : ('probable' as const),
          values: { target: target.id, port: target.port, ...words },
        },
      ];
    });
    if (stale.length === 0 || missing.length === 0) return stale;
    return [
      ...stale,
      {
        missing,
        saw: `${formatMissing(group, missing)} and not registered instead of them`,
        expected: 'targets registered when their pod or node is added',
        confidence: 'confirmed',
      },
    ];
  },
});

/** By who fills the target group: what makes it compare again. */
const maker: Partial<Record<Controller, Record<string, string>>> = {
  'aws-load-balancer-controller': { ownController: 'yes' },
  'aws-load-balancer-controller-gateway': { ownController: 'yes' },
  'cloud-provider-aws': { cloudProvider: 'yes' },
};
