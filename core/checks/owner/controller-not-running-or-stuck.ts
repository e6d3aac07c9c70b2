import { controllerDeployment, leaderless, secondsSinceRenewal, standstillOf } from '../../controllers/controller.ts';
import { lastWordsOf, obstacleIn } from '../../controllers/controller-log.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOptional, evidenceForDrift } from '../../diagnosis/drift.ts';
import { nameOf } from '../../kubernetes/service.ts';

export const controllerNotRunningOrStuck = check({
  id: 'controller-not-running-or-stuck',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'owner',
  severity: 'critical',
  needsChange: false,
  title: 'The AWS Load Balancer Controller does not run',
  symptom: 'Targets that are long gone stay registered, and new ones do not appear.',
  why: `One replica of the controller is the leader and does all the work: it registers and removes targets and writes rules and settings.
Without a leader nothing changes in AWS, and every pod that is replaced leaves a dead address behind.`,
  proof: `No replica of the controller's Deployment is available, or its leader has not renewed its Lease for ${leaderless} seconds; and the
target group differs from what the Service requests.`,
  nearMisses: [
    'EKS Auto Mode and cloud-provider-aws run outside the cluster and have no Deployment.',
    'The cluster has no Deployment of the controller: `no-controller-owns-service`.',
    'If AWS has everything that the Service requests, targets fail for another cause.',
  ],
  decidedBy: 'the log of the controller, and the age of renewTime in its Lease',
  fix: [
    {
      text: 'Read the whole log of the container that exits.',
      look: { kubectl: 'logs {crashing} --previous --tail=100', in: '{controllerNamespace}' },
      when: 'crashing',
    },
    {
      text: 'Find out why the controller does not run, and start it again.',
      look: { kubectl: 'describe deployment {controllerDeployment}', in: '{controllerNamespace}' },
    },
    {
      text: 'If it was scaled down, scale it up.',
      change: { scale: 2, on: { object: 'deployment {controllerDeployment}', in: '{controllerNamespace}' } },
    },
    {
      text: 'If pods run and none is the leader, restart them.',
      change: { restart: { object: 'deployment/{controllerDeployment}', in: '{controllerNamespace}' } },
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/',
    'https://kubernetes.io/docs/concepts/architecture/leases/',
  ],
  masks: ['controller-webhook-unavailable'],
  masksEvery: ['driftSymptom', 'healthCheckMismatch'],
  needs: [...driftNeeds, 'workloads'],
  optional: [...driftOptional, 'targetGroupBindings', 'leases', 'podLogs'],
  applies: ({ owner }) =>
    owner?.controller === 'aws-load-balancer-controller' ||
    owner?.controller === 'aws-load-balancer-controller-gateway',

  run(group, facts) {
    const deployment = controllerDeployment(facts.workloads);
    if (deployment === undefined) return undefined;
    const { spec, status } = deployment;
    const standstill = standstillOf(deployment, facts.leases, group.takenAt);
    if (standstill === undefined) return [];
    const isDown = standstill === 'down';
    const renewed = secondsSinceRenewal(facts.leases, group.takenAt);
    const lease = renewed === undefined ? [] : [`its leader renewed the Lease ${Math.round(renewed)} s ago`];
    const state = `${nameOf(deployment)}: ${status.availableReplicas} of ${spec.replicas} replicas available`;
    // The age of a Lease alone warns of nothing: it matters once something has changed.
    const drifts = driftOf(group, facts);
    if (!isDown && drifts.length === 0) return [];
    const [last] = isDown ? lastWordsOf(facts.pods, facts.podLogs ?? []) : [];
    // What names a cause stands in the evidence of that.
    const words =
      last === undefined || obstacleIn(last.text) !== undefined
        ? []
        : [`${last.pod.metadata.name} ended with: ${last.text}`];
    return evidenceForDrift(group, drifts, (drift) => ({
      saw: [state, ...lease, ...words, ...(drift ? [drift.saw] : [])].join('; '),
      expected: 'a replica that is available and is the leader',
      confidence: isDown ? 'confirmed' : 'probable',
      values: {
        controllerNamespace: deployment.metadata.namespace ?? 'kube-system',
        controllerDeployment: deployment.metadata.name,
        ...(last && { crashing: last.pod.metadata.name }),
      },
    }));
  },
});
