import type { V1ContainerState, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { ContainerState, ContainerStatus, Pod } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { list } from '../kubernetes/list.ts';
import { timeOf } from '../time.ts';
import { conditionsOf } from './conditions.ts';
import { containersOf } from './containers.ts';
import { metadataOf } from './metadata.ts';
import { redact } from './redact.ts';

/** Pods of all namespaces. */
export const readPods = (connection: Connection): Promise<Pod[]> =>
  list(connection, {
    action: 'list pods',
    page: (query) => connection.core.listPodForAllNamespaces(query),
    keep: project,
  });

const project = ({ metadata, spec, status }: V1Pod): Pod => ({
  metadata: metadataOf(metadata),
  spec: known({
    nodeName: spec?.nodeName,
    hostNetwork: spec?.hostNetwork,
    containers: containersOf(spec?.containers),
    initContainers: containersOf(spec?.initContainers),
    readinessGates: (spec?.readinessGates ?? []).map(({ conditionType }) => conditionType),
  }),
  status: known({
    phase: status?.phase ?? 'Unknown',
    reason: status?.reason,
    message: status?.message && redact(status.message),
    podIPs: (status?.podIPs ?? []).map(({ ip }) => ip),
    startTime: timeOf(status?.startTime),
    conditions: conditionsOf(status?.conditions),
    containerStatuses: (status?.containerStatuses ?? []).map(containerStatus),
    initContainerStatuses: (status?.initContainerStatuses ?? []).map(containerStatus),
  }),
});

const containerStatus = (answer: V1ContainerStatus): ContainerStatus =>
  known({
    name: answer.name,
    ready: answer.ready,
    started: answer.started,
    restartCount: answer.restartCount,
    state: containerState(answer.state),
    lastState: containerState(answer.lastState),
  });

/** `terminated.message` may hold the end of the container's log (terminationMessagePolicy), so it is redacted. */
const containerState = ({ waiting, running, terminated }: V1ContainerState = {}): ContainerState =>
  known({
    waiting: waiting && known({ reason: waiting.reason, message: waiting.message && redact(waiting.message) }),
    running: running && known({ startedAt: timeOf(running.startedAt) }),
    terminated:
      terminated &&
      known({
        reason: terminated.reason,
        exitCode: terminated.exitCode,
        startedAt: timeOf(terminated.startedAt),
        finishedAt: timeOf(terminated.finishedAt),
        message: terminated.message && redact(terminated.message),
      }),
  });
