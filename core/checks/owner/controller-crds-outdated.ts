import { controllerDeployment } from '../../controllers/controller.ts';
import { lastWordsOf, obstacleIn } from '../../controllers/controller-log.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOptional, evidenceForDrift } from '../../diagnosis/drift.ts';
import { nameOf } from '../../kubernetes/service.ts';

export const controllerCrdsOutdated = check({
  id: 'controller-crds-outdated',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'owner',
  order: 1,
  severity: 'critical',
  title: 'The API server does not serve a kind that this release of the controller needs',
  symptom: 'Since an upgrade of the controller its pods crash, and nothing is registered or removed any more.',
  why: `Helm installs CustomResourceDefinitions with the first release and never upgrades them. A newer controller cannot start if it
watches a kind, or a version of it, that is not there.`,
  proof: `A pod of the controller restarts, and the log of its previous container reports no match for a kind.`,
  nearMisses: ['The controller exits because it cannot find its VPC or certificate: `controller-cannot-start`.'],
  decidedBy: 'the kinds that are served: kubectl api-resources --api-group=elbv2.k8s.aws',
  fix: [
    {
      text: 'Apply the CustomResourceDefinitions of the release that runs. Those of the Gateway API are installed separately.',
      change: {
        run: 'kubectl apply --kustomize "github.com/aws/eks-charts/stable/aws-load-balancer-controller/crds?ref=master"',
      },
      disturbs: { nothing: 'objects of these kinds stay as they are.' },
      undo: 'Apply the definitions of the former release, by its tag in place of master.',
      danger: 'Read the difference first: kubectl diff with the same argument.',
    },
  ],
  links: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/'],
  masks: ['controller-not-running-or-stuck', 'controller-cannot-start', 'controller-webhook-unavailable'],
  masksEvery: ['driftSymptom', 'healthCheckMismatch'],
  needs: [...driftNeeds, 'workloads', 'podLogs'],
  optional: [...driftOptional, 'targetGroupBindings'],
  applies: ({ owner }) =>
    owner?.controller === 'aws-load-balancer-controller' ||
    owner?.controller === 'aws-load-balancer-controller-gateway',

  run(group, facts) {
    const deployment = controllerDeployment(facts.workloads);
    if (deployment === undefined || deployment.status.availableReplicas > 0) return undefined;
    const reported = lastWordsOf(facts.pods, facts.podLogs).find(({ text }) => obstacleIn(text) === 'kind');
    if (reported === undefined) return undefined;
    return evidenceForDrift(group, driftOf(group, facts), (drift) => ({
      saw: [
        `${nameOf(deployment)}: 0 of ${deployment.spec.replicas} replicas available; ${reported.pod.metadata.name} ended with: ${reported.text}`,
        ...(drift ? [drift.saw] : []),
      ].join('; '),
      expected: 'every kind that the controller watches, served in a version that it supports',
      confidence: 'confirmed',
      values: {
        controllerNamespace: deployment.metadata.namespace ?? 'kube-system',
        controllerDeployment: deployment.metadata.name,
      },
    }));
  },
});
