import type { V1Container } from '@kubernetes/client-node';
import * as z from 'zod';
import { isTelling } from '../../core/kubernetes/telling-variables.ts';
import type { Container, ContainerProbe } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { plainValue, redactArguments } from '../collect/command-line.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { listOf, number, portNumberOrName, text, texts } from './shapes.ts';

const probe = z
  .object({
    httpGet: z
      .object({
        path: text,
        port: portNumberOrName,
        scheme: text,
        host: text,
        httpHeaders: listOf(z.object({ name: z.string(), value: text })),
      })
      .nullish(),
    tcpSocket: z.object({ port: portNumberOrName, host: text }).nullish(),
    exec: z.object({ command: listOf(z.string()) }).nullish(),
    grpc: z.object({ port: z.number() }).nullish(),
    periodSeconds: number,
    timeoutSeconds: number,
    failureThreshold: number,
    initialDelaySeconds: number,
  })
  .nullish();

const variable = z.object({
  name: z.string(),
  value: text,
  valueFrom: z.object({ fieldRef: z.object({ fieldPath: z.string() }).nullish() }).nullish(),
});

const container = z.object({
  name: z.string(),
  image: text,
  command: listOf(z.string()),
  args: listOf(z.string()),
  env: listOf(variable),
  ports: listOf(z.object({ name: text, containerPort: z.number(), protocol: text, hostPort: number })),
  readinessProbe: probe,
  livenessProbe: probe,
  startupProbe: probe,
  resources: z.object({ limits: texts }).nullish(),
});

/** Containers of a pod or pod template, as far as they are kept. */
export const containers = listOf(shapeOf<V1Container>()(container));

/** Whose containers: of those of kube-proxy and of the network plug-in each variable keeps its value, of others those that are read. */
interface Place {
  namespace: string | null | undefined;
  pool: Pool;
}

/** Containers of a pod or pod template; secrets in commands and variables are left out. */
export const containersOf = (answers: z.output<typeof containers>, { namespace, pool }: Place): Container[] =>
  pool.value(
    (answers ?? []).map((answer) =>
      pool.made(
        namespace === 'kube-system' ? answer : { ...answer, env: answer.env?.map(unlessUnread) },
        projectContainer,
      ),
    ),
  );

type Variable = z.output<typeof variable>;

const unlessUnread = (given: Variable): Variable => (isTelling(given.name) ? given : { ...given, value: undefined });

const projectContainer = (answer: z.output<typeof container>): Container =>
  known({
    name: answer.name,
    image: answer.image ?? '',
    command: redactArguments(answer.command ?? []),
    args: redactArguments(answer.args ?? []),
    env: (answer.env ?? []).map(({ name, value, valueFrom }) =>
      known({ name, value: plainValue(name, value ?? undefined), fieldPath: valueFrom?.fieldRef?.fieldPath }),
    ),
    ports: (answer.ports ?? []).map(({ name, containerPort, protocol, hostPort }) =>
      known({ name, containerPort, protocol, hostPort }),
    ),
    readinessProbe: projectProbe(answer.readinessProbe),
    livenessProbe: projectProbe(answer.livenessProbe),
    startupProbe: projectProbe(answer.startupProbe),
    memoryLimit: answer.resources?.limits?.['memory'],
    cpuLimit: answer.resources?.limits?.['cpu'],
  });

function projectProbe(answer: z.output<typeof probe>): ContainerProbe | undefined {
  if (!answer) return undefined;
  const { httpGet, tcpSocket, exec, grpc } = answer;
  return known({
    httpGet:
      httpGet &&
      known({
        path: httpGet.path,
        port: httpGet.port,
        scheme: httpGet.scheme,
        host: httpGet.httpHeaders?.find(({ name }) => name.toLowerCase() === 'host')?.value,
        address: httpGet.host || undefined,
      }),
    tcpSocket: tcpSocket && known({ port: tcpSocket.port, address: tcpSocket.host || undefined }),
    exec: exec && { command: redactArguments(exec.command ?? []) },
    grpc: grpc && { port: grpc.port },
    periodSeconds: answer.periodSeconds,
    timeoutSeconds: answer.timeoutSeconds,
    failureThreshold: answer.failureThreshold,
    initialDelaySeconds: answer.initialDelaySeconds,
  });
}
