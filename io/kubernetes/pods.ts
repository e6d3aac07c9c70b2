import type { V1Pod } from '@kubernetes/client-node';
import * as z from 'zod';
import type { ContainerState, ContainerStatus, Pod } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { timeOf } from '../aws/time.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { conditionsOf } from './conditions.ts';
import { containers, containersOf } from './containers.ts';
import { metadataOf } from './metadata.ts';
import { conditions, flag, listOf, metadata, text, time } from './shapes.ts';

const state = z
  .object({
    waiting: z.object({ reason: text, message: text }).nullish(),
    running: z.object({ startedAt: time }).nullish(),
    terminated: z
      .object({ reason: text, exitCode: z.number(), startedAt: time, finishedAt: time, message: text })
      .nullish(),
  })
  .nullish();

const containerStatusShape = z.object({
  name: z.string(),
  ready: z.boolean(),
  started: flag,
  restartCount: z.number(),
  state,
  lastState: state,
});

const pod = shapeOf<V1Pod>()(
  z.object({
    metadata,
    spec: z
      .object({
        nodeName: text,
        hostNetwork: flag,
        containers,
        initContainers: containers,
        readinessGates: listOf(z.object({ conditionType: z.string() })),
      })
      .nullish(),
    status: z
      .object({
        phase: text,
        reason: text,
        message: text,
        podIPs: listOf(z.object({ ip: z.string() })),
        startTime: time,
        conditions,
        containerStatuses: listOf(containerStatusShape),
        initContainerStatuses: listOf(containerStatusShape),
      })
      .nullish(),
  }),
);

/** Pods of all namespaces; of those that have done their work hardly more than the name. */
export const readPods = (connection: Connection, kept: Pod[] = []): Promise<Pod[]> =>
  list(connection, { action: 'list pods', path: '/api/v1/pods', shape: pod, keep: project }, kept);

type Work = Pick<z.output<typeof pod>, 'spec' | 'status'>;

function project({ metadata, ...answer }: z.output<typeof pod>, pool: Pool): Pod {
  const { spec, status } = answer.status?.phase === 'Succeeded' ? done(answer) : answer;
  const place = { namespace: metadata.namespace, pool };
  return {
    metadata: metadataOf(metadata, pool),
    spec: known({
      nodeName: spec?.nodeName && pool.text(spec.nodeName),
      hostNetwork: spec?.hostNetwork,
      containers: containersOf(spec?.containers, place),
      initContainers: containersOf(spec?.initContainers, place),
      readinessGates: pool.value((spec?.readinessGates ?? []).map(({ conditionType }) => conditionType)),
    }),
    status: known({
      phase: pool.text(status?.phase ?? 'Unknown'),
      reason: status?.reason,
      message: status?.message,
      podIPs: (status?.podIPs ?? []).map(({ ip }) => ip),
      startTime: timeOf(status?.startTime),
      conditions: conditionsOf(status?.conditions, pool),
      containerStatuses: (status?.containerStatuses ?? []).map((each) => pool.made(each, containerStatus)),
      initContainerStatuses: (status?.initContainerStatuses ?? []).map((each) => pool.made(each, containerStatus)),
    }),
  };
}

const done = ({ spec, status }: Work): Work => ({
  spec: { nodeName: spec?.nodeName },
  status: { phase: status?.phase, podIPs: status?.podIPs, startTime: status?.startTime },
});

const containerStatus = (answer: z.output<typeof containerStatusShape>): ContainerStatus =>
  known({
    name: answer.name,
    ready: answer.ready,
    started: answer.started,
    restartCount: answer.restartCount,
    state: containerState(answer.state),
    lastState: containerState(answer.lastState),
  });

function containerState(answer: z.output<typeof state>): ContainerState {
  const { waiting, running, terminated } = answer ?? {};
  return known({
    waiting: waiting && known({ reason: waiting.reason, message: waiting.message }),
    running: running && known({ startedAt: timeOf(running.startedAt) }),
    terminated:
      terminated &&
      known({
        reason: terminated.reason,
        exitCode: terminated.exitCode,
        startedAt: timeOf(terminated.startedAt),
        finishedAt: timeOf(terminated.finishedAt),
        message: terminated.message,
      }),
  });
}
