import type { ContainerSpec } from '../kubernetes-object.ts';
import type { ContainerProbe, WorkloadOptions } from './workload-options.ts';

/** The one container of a workload, with the defaults that the API server writes. */
export function containerOf(options: WorkloadOptions): ContainerSpec {
  const { name, port = 8080, portName = 'http', protocol = 'TCP', args, memoryLimit = '256Mi' } = options;
  const image = options.image ?? `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}:1.4.2`;
  const { readinessProbe = { httpGet: { path: '/ready', port, scheme: 'HTTP' } } } = options;
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    ...(args === undefined ? {} : { args }),
    ports: [{ name: portName, containerPort: port, protocol }],
    env: [{ name: 'LOG_LEVEL', value: 'info' }, ...(options.env ?? [])],
    resources: { limits: { memory: memoryLimit }, requests: { cpu: '100m', memory: memoryLimit } },
    ...(readinessProbe === null ? {} : { readinessProbe: withScheme({ ...readinessTiming, ...readinessProbe }) }),
    ...(options.livenessProbe && { livenessProbe: withScheme(options.livenessProbe) }),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
}

const readinessTiming = { periodSeconds: 10, timeoutSeconds: 5, successThreshold: 1, failureThreshold: 3 };

const withScheme = (probe: ContainerProbe): ContainerProbe =>
  probe.httpGet === undefined ? probe : { ...probe, httpGet: { scheme: 'HTTP', ...probe.httpGet } };
