import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { eventsAbout, statusesOf, workloadOf } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { ContainerStatus, Pod } from '../../model/kubernetes.ts';

/** Reasons of the kubelet for a container whose image it does not get (KK: pkg/kubelet/images/types.go). */
const reasons = ['ImagePullBackOff', 'ErrImagePull', 'InvalidImageName', 'ErrImageNeverPull', 'RegistryUnavailable'];

export const podImagePullFailure = check({
  id: 'pod-image-pull-failure',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'The image of the pods behind the Service cannot be pulled',
  symptom: 'Pods wait for their image, and the Service has too few ready endpoints.',
  why: `Without its image a container never starts: the tag does not exist, the registry refuses the node, or no network path leads to
it. The pod has an address but nothing listens there, and the Service has no endpoint.`,
  proof: `A container of a selected pod waits in ${reasons.join(', ')}, and no ready endpoint carries the target.`,
  nearMisses: [
    'If a rollout is stuck on a new image and the old replicas still serve, no target fails.',
    'The image was pulled and the container then exits: `pod-crashloop`.',
  ],
  decidedBy: "the registry's answer in the events: kubectl describe pod",
  fix: [
    {
      text: 'Read what the registry answers, then correct the tag, the pull secret, or the permission and path to the registry.',
      look: { kubectl: 'describe pod {pod}', in: '{namespace}' },
    },
    {
      text: 'Or set an image that exists in {workload}, in place of {image}.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/ECR_on_EKS.html',
  ],
  masks: ['pod-init-or-startup-stuck', 'pod-oomkilled', 'pod-liveness-kill-loop', 'pod-crashloop'],
  masksEvery: ['unreadySymptom'],
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],
  optional: ['events'],

  run(group, { events, ...cluster }) {
    return affectedBy(group, cluster, (pod) => statusesOf(pod).some(isWithoutImage)).flatMap(({ target, pod }) =>
      statusesOf(pod)
        .filter(isWithoutImage)
        .map(({ name, state }) => {
          const image = imageOf(pod, name);
          const failure = eventsAbout(events ?? [], 'Pod', pod).find(
            ({ reason, note }) => reason === 'Failed' && note.startsWith('Failed to pull image'),
          );
          return {
            ...(target && { target }),
            saw: `${nameOf(pod)} container ${name}: ${state.waiting?.reason}, image ${image}; ${failure?.note ?? state.waiting?.message ?? 'no message'}`,
            expected: 'an image that the node can pull',
            confidence: 'confirmed' as const,
            values: { pod: pod.metadata.name, image, workload: workloadOf(pod) },
          };
        }),
    );
  },
});

const isWithoutImage = ({ state }: ContainerStatus): boolean => reasons.includes(state.waiting?.reason ?? '');

const imageOf = ({ spec }: Pod, name: string): string =>
  [...spec.initContainers, ...spec.containers].find((container) => container.name === name)?.image ?? 'unknown';
