import type { V1Container, V1EnvVar, V1Probe } from '@kubernetes/client-node';
import type { Container, Probe } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import { plainValue, redact, redactArguments } from './redact.ts';

/** Containers of a pod or pod template; secrets in commands and variables are left out. */
export const containersOf = (containers: V1Container[] | undefined): Container[] => (containers ?? []).map(container);

const container = (answer: V1Container): Container =>
  known({
    name: answer.name,
    image: answer.image ?? '',
    command: redactArguments(answer.command ?? []),
    args: redactArguments(answer.args ?? []),
    env: (answer.env ?? []).map(variable),
    ports: (answer.ports ?? []).map(({ name, containerPort, protocol, hostPort }) =>
      known({ name, containerPort, protocol, hostPort }),
    ),
    readinessProbe: probe(answer.readinessProbe),
    livenessProbe: probe(answer.livenessProbe),
    startupProbe: probe(answer.startupProbe),
    memoryLimit: answer.resources?.limits?.['memory'],
    cpuLimit: answer.resources?.limits?.['cpu'],
  });

const variable = ({ name, value, valueFrom }: V1EnvVar): Container['env'][number] =>
  known({ name, value: plainValue(name, value), fieldPath: valueFrom?.fieldRef?.fieldPath });

function probe(answer: V1Probe | undefined): Probe | undefined {
  if (!answer) return undefined;
  const { httpGet, tcpSocket, exec, grpc } = answer;
  return known({
    httpGet:
      httpGet &&
      known({
        path: httpGet.path && redact(httpGet.path),
        port: httpGet.port,
        scheme: httpGet.scheme,
        host: httpGet.httpHeaders?.find(({ name }) => name.toLowerCase() === 'host')?.value ?? httpGet.host,
      }),
    tcpSocket: tcpSocket && { port: tcpSocket.port },
    exec: exec && { command: redactArguments(exec.command ?? []) },
    grpc: grpc && { port: grpc.port },
    periodSeconds: answer.periodSeconds,
    timeoutSeconds: answer.timeoutSeconds,
    failureThreshold: answer.failureThreshold,
    initialDelaySeconds: answer.initialDelaySeconds,
  });
}
