import { idleListeners, weightsOf } from '../../controllers/listeners/weights.ts';
import { check } from '../../diagnosis/check.ts';
import { scaledToZeroBy } from '../../kubernetes/autoscaling.ts';
import { secondsSince } from '../../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../../kubernetes/service.ts';
import { workloadsBehind } from '../../kubernetes/workload.ts';
import type { Evidence } from '../../model/check-result.ts';

/** Minutes in which a Service that is being deleted should be gone. */
const window = 30;

export const intendedEmptyOrBlueGreen = check({
  id: 'intended-empty-or-blue-green',
  kind: 'expected',
  intended: true,
  stage: 'registration',
  severity: 'info',
  title: 'The target group is meant to get no traffic now',
  symptom: 'The target group is empty or gets no traffic, on purpose.',
  why: `In a blue/green deployment the waiting target group has the weight 0, with targets or without. A scaler may also scale a workload to
zero on purpose, and a Service that is being deleted needs no targets. None of this is a fault.`,
  proof: `Every listener that forwards to the target group gives it the weight 0 and another one more, or the group has no targets, or nodes alone, and the workload behind the Service
was scaled to zero by a scaler that reports it (KEDA's event, kube-downscaler's annotation), or the Service has been in deletion for no more than
${window} minutes.`,
  nearMisses: [
    'A workload has zero replicas and no scaler reports it, so it may be an accident: `workload-scaled-to-zero`.',
    'A Service whose deletion takes longer waits for a finalizer, and is diagnosed like any other.',
    'No listener forwards to the target group: `target-group-not-attached`.',
    'A listener gives the weight 0 to all of its target groups: `listener-weights-serve-no-one`.',
  ],
  decidedBy: 'the owner of the deployment or the scaler',
  fix: [
    {
      text: 'Nothing to fix. Note that alarms on unhealthy targets do not fire for an empty target group.',
      look: { aws: 'elbv2 describe-listeners', options: '--load-balancer-arn {loadBalancer}' },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html',
    'https://keda.sh/docs/latest/concepts/scaling-deployments/',
  ],
  masks: [],
  needs: ['listeners'],
  optional: ['services', 'workloads', 'events', 'pods'],

  run(group, { services = [], workloads = [], events = [], pods = [] }): Evidence[] {
    const weights = weightsOf(group);
    if (weights.length > 0 && weights.every((weight) => weight === 0) && idleListeners(group).length === 0) {
      return [
        {
          saw: `weight 0 at ${weights.length === 1 ? 'its listener' : `all of its ${weights.length} listeners`}`,
          expected: 'no traffic, whatever the targets are',
          confidence: 'confirmed',
        },
      ];
    }
    const service = serviceOf(group, services);
    const minutes = Math.round(secondsSince(service?.metadata.deletionTimestamp, group.takenAt) / 60);
    if (minutes <= window) {
      return [
        {
          saw: `Service ${service?.metadata.name} is being deleted, for ${minutes} min`,
          expected: `gone within ${window} min, and its target groups with it`,
          confidence: 'confirmed',
        },
      ];
    }
    // Nodes stay registered while there is no pod behind them; they fail, or pass checks that see no pods.
    const isKept = group.targets.length > 0 && group.targetGroup.targetType !== 'instance';
    if (isKept || service === undefined || Object.keys(service.spec.selector).length === 0) return [];
    if (podsOf(service, pods).length > 0) return [];
    const behind = workloadsBehind(service, workloads).filter(({ kind }) => kind !== 'ReplicaSet');
    const words = behind.map((workload) =>
      workload.spec.replicas === 0 ? scaledToZeroBy(workload, events) : undefined,
    );
    const [word] = words;
    if (word === undefined || words.includes(undefined)) return [];
    return [{ saw: word, expected: 'no targets while the workload is scaled to zero', confidence: 'probable' }];
  },
});
