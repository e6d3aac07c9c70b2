import { podConfigError } from '../../core/checks/workload/pod-config-error.ts';
import { event, fail, instanceId, pending, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const waiting = (reason: string, message?: string) =>
  given(sampleFacts, (facts) => {
    for (const name of ['web-1', 'web-2']) pending(facts, name, { reason, ...(message && { message }) });
    fail(facts.slices.targetHealth);
  });

testCheck(podConfigError, {
  found: [
    {
      name: 'a Secret that does not exist',
      facts: waiting('CreateContainerConfigError', 'secret "db" not found'),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web-1 container app: CreateContainerConfigError, secret "db" not found',
    },
    {
      name: 'a command that is not in the image, seen between two tries',
      facts: given(sampleFacts, (facts) => {
        for (const name of ['web-1', 'web-2']) {
          const [status] = unready(facts, name).status.containerStatuses;
          if (status === undefined) throw new Error('no container');
          status.restartCount = 4;
          status.state = { waiting: { reason: 'CrashLoopBackOff' } };
          status.lastState = {
            terminated: { reason: 'StartError', exitCode: 128, message: 'exec: "serve": not found' },
          };
        }
        fail(facts.slices.targetHealth);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'StartError, exec: "serve": not found',
    },
    {
      name: 'a volume that does not mount, under Local on one node',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          pending(facts, 'web-1', { reason: 'ContainerCreating' });
          facts.slices.events = [event('Pod', 'web-1', 'FailedMount', 'MountVolume.SetUp failed for volume "tls"')];
          fail(facts.slices.targetHealth, instanceId(0));
        },
      ),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'FailedMount: MountVolume.SetUp failed',
    },
    {
      name: 'a mount that has failed once so far',
      facts: given(waiting('ContainerCreating'), ({ slices }) => {
        const note = 'MountVolume.SetUp failed for volume "kube-api-access": failed to sync configmap cache';
        slices.events = [{ ...event('Pod', 'web-1', 'FailedMount', note), count: 1 }];
      }),
      targets: [],
      confidence: 'probable',
      saw: 'failed to sync configmap cache',
    },
  ],
  ruledOut: [
    {
      name: 'a mount that failed at first, and the image that is being pulled since',
      facts: given(waiting('ContainerCreating'), ({ slices }) => {
        slices.events = [
          { ...event('Pod', 'web-1', 'FailedMount', 'late'), lastSeen: '2026-11-20T11:57:00Z' },
          { ...event('Pod', 'web-1', 'Pulling', 'Pulling image "web:1"'), lastSeen: '2026-11-20T11:57:02Z' },
        ];
      }),
    },
    { name: 'containers that are being created', facts: waiting('ContainerCreating') },
    { name: 'an image that is missing', facts: waiting('ImagePullBackOff') },
    {
      name: 'a mount that failed half an hour ago',
      facts: given(waiting('ContainerCreating'), ({ slices }) => {
        slices.events = [{ ...event('Pod', 'web-1', 'FailedMount', 'late'), lastSeen: '2026-11-20T11:30:00Z' }];
      }),
    },
    {
      name: 'another pod carries the nodes',
      facts: given(sampleFacts, (facts) => {
        pending(facts, 'web-1', { reason: 'CreateContainerError' });
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
