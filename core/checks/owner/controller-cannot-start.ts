import { controllerDeployment, leaderless, secondsSinceRenewal } from '../../controllers/controller.ts';
import { lastWordsOf, obstacleIn } from '../../controllers/controller-log.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOptional, evidenceForDrift } from '../../diagnosis/drift.ts';
import { nameOf } from '../../kubernetes/service.ts';

export const controllerCannotStart = check({
  id: 'controller-cannot-start',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'owner',
  order: 1,
  severity: 'critical',
  title: 'The AWS Load Balancer Controller exits right after its start',
  symptom:
    'Pods of the controller crash again and again; targets that are gone stay registered, and new ones do not appear.',
  why: `At its start the controller determines its Region and VPC, from flags or from the instance metadata of its node, and loads the
certificate of its webhook and the credentials of its role. If one of these is not available it exits, and no target is registered
or removed any more.`,
  proof: `No replica of the controller's Deployment is available, its pods restart, and the log of the previous container names what it
could not get.`,
  nearMisses: [
    'An image that cannot be pulled or pods that are not scheduled leave no log: `controller-not-running-or-stuck`.',
    'The log names a kind that the API server does not know: `controller-crds-outdated`.',
  ],
  decidedBy: 'the log of the previous container: kubectl logs --previous',
  fix: [
    {
      text: 'Set Region and VPC by flags, so that the controller does not need the instance metadata, which pods reach only with a hop limit of 2.',
      change: {
        run: 'helm --namespace {controllerNamespace} upgrade {controllerDeployment} eks/aws-load-balancer-controller --reuse-values --set region={region} --set vpcId={vpc}',
        back: 'helm --namespace {controllerNamespace} rollback {controllerDeployment}',
      },
      disturbs: 'The pods of the controller are replaced; load balancers and targets stay as they are meanwhile.',
      undo: 'Roll the release back to the revision before.',
      danger: 'Helm installs the newest chart unless --version names the installed one.',
      when: 'metadata',
    },
    {
      text: 'Check whether the Secret with the certificate of the webhook exists. The chart writes it; cert-manager needs its own Issuer.',
      look: { kubectl: 'get secrets,certificates', in: '{controllerNamespace}' },
      when: 'certificate',
    },
    {
      text: 'Check which role the ServiceAccount names, and whether the trust policy of the role allows it.',
      look: { kubectl: 'get serviceaccounts --output yaml', in: '{controllerNamespace}' },
      when: 'credentials',
    },
    {
      text: 'Read the whole log of the previous container.',
      look: { kubectl: 'logs {controllerPod} --previous --tail=100', in: '{controllerNamespace}' },
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/',
    'https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html',
  ],
  masks: ['controller-not-running-or-stuck', 'controller-webhook-unavailable'],
  masksEvery: ['driftSymptom', 'healthCheckMismatch'],
  needs: [...driftNeeds, 'workloads', 'podLogs'],
  optional: [...driftOptional, 'targetGroupBindings', 'leases'],
  applies: ({ owner }) =>
    owner?.controller === 'aws-load-balancer-controller' ||
    owner?.controller === 'aws-load-balancer-controller-gateway',

  run(group, facts) {
    const deployment = controllerDeployment(facts.workloads);
    if (deployment === undefined || deployment.status.availableReplicas > 0) return undefined;
    const renewed = secondsSinceRenewal(facts.leases, group.takenAt);
    if (renewed !== undefined && renewed < leaderless) return undefined;
    const [reported] = lastWordsOf(facts.pods, facts.podLogs).flatMap(({ pod, text }) => {
      const what = obstacleIn(text);
      return what === undefined || what === 'kind' ? [] : [{ pod, text, what }];
    });
    if (reported === undefined) return undefined;
    return evidenceForDrift(group, driftOf(group, facts), (drift) => ({
      saw: [
        `${nameOf(deployment)}: 0 of ${deployment.spec.replicas} replicas available; ${reported.pod.metadata.name} ended with: ${reported.text}`,
        ...(drift ? [drift.saw] : []),
      ].join('; '),
      expected: 'a controller that starts',
      confidence: 'confirmed',
      values: {
        controllerNamespace: deployment.metadata.namespace ?? 'kube-system',
        controllerDeployment: deployment.metadata.name,
        controllerPod: reported.pod.metadata.name,
        [reported.what]: reported.pod.metadata.name,
      },
    }));
  },
});
