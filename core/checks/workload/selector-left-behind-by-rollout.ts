import { check } from '../../diagnosis/check.ts';
import { isPodReady, makerOf } from '../../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../../kubernetes/service.ts';
import { workloadsCarrying } from '../../kubernetes/workload.ts';
import type { Pod, Workload } from '../../model/kubernetes.ts';

/** The label that Argo Rollouts puts on pods and, in a strategy with Services, into their selectors. */
const hashLabel = 'rollouts-pod-template-hash';

export const selectorLeftBehindByRollout = check({
  id: 'selector-left-behind-by-rollout',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'The selector of the Service names a version that Argo Rollouts has scaled to zero',
  symptom:
    'Every node is unhealthy, or the ip target group is empty, while pods of another version of the same Rollout are ready.',
  why: `Argo Rollouts writes the hash of one ReplicaSet into the selector of the Service and changes it when it switches versions. If it
cannot do this, because it does not run, is refused, or the Service was applied again from Git, the selector keeps a version that has
no pods any more.`,
  proof: `The selector holds ${hashLabel}, the ReplicaSet with that hash wants no pods, and another ReplicaSet of the same Rollout has ready
pods.`,
  nearMisses: [
    'No ReplicaSet of the Rollout has pods: `workload-scaled-to-zero`.',
    'After a switch it is normal that the old version has no replicas, if the selector names the new one.',
  ],
  decidedBy: 'the status of the Rollout: kubectl argo rollouts get rollout',
  fix: [
    {
      text: 'Find out why the rollout controller has not switched the Service: a paused step, an analysis that failed, a controller that does not run. Do not scale the old version.',
      look: { kubectl: 'get rollouts.argoproj.io {rollout} --output yaml', in: '{namespace}' },
    },
    {
      text: 'Until then set the selector to the version that serves.',
      change: { patch: { spec: { selector: { [hashLabel]: '{serving}' } } } },
      disturbs: 'All traffic of the Service goes to that version at once.',
    },
  ],
  links: ['https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/'],
  masks: ['workload-scaled-to-zero', 'svc-selector-matches-no-pods', 'etp-local-no-ready-endpoint-anywhere'],
  needs: ['services', 'pods', 'workloads'],

  run(group, { services, pods, workloads }) {
    const service = serviceOf(group, services);
    const hash = service?.spec.selector[hashLabel];
    if (service === undefined || hash === undefined || podsOf(service, pods).length > 0) return undefined;
    const { [hashLabel]: _, ...selector } = service.spec.selector;
    const versions = workloadsCarrying({ ...service, spec: { ...service.spec, selector } }, workloads);
    const isOld = ({ spec }: Workload) => spec.template.labels[hashLabel] === hash;
    const old = versions.find((each) => isOld(each) && each.spec.replicas === 0);
    const rollout = old && makerOf(old);
    if (old === undefined || rollout?.kind !== 'Rollout') return undefined;
    const [serving] = versions
      .filter((each) => makerOf(each)?.uid === rollout.uid && !isOld(each))
      .map((version) => ({ version, ready: pods.filter((pod) => isPodReady(pod) && isOf(pod, version)).length }))
      .toSorted((a, b) => b.ready - a.ready);
    if (serving === undefined || serving.ready === 0) return [];
    const { version, ready } = serving;
    return [
      {
        saw: `the selector names ${hashLabel}=${hash}, whose ReplicaSet ${old.metadata.name} has 0 replicas; ReplicaSet ${version.metadata.name} of the same Rollout ${rollout.name} has ${ready} ready pod${ready > 1 ? 's' : ''}`,
        expected: 'a selector that names the version that serves',
        confidence: 'confirmed' as const,
        values: { rollout: rollout.name, serving: version.spec.template.labels[hashLabel] ?? '' },
      },
    ];
  },
});

const isOf = (pod: Pod, version: Workload): boolean => makerOf(pod)?.uid === version.metadata.uid;
