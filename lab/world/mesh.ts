import { copyOf } from '../copy.ts';
import type { Deployment } from './kubernetes-object.ts';
import { statusesOf } from './pod/pod.ts';
import { podsOf } from './pod/workload.ts';
import type { WorldCluster } from './world.ts';

const agentPort = 15020;
const metricsPort = 15090;

/**
 * Puts the Istio proxy into every pod of a Deployment, in a mesh that takes only mutual TLS: it resets what comes to the
 * application's ports in plain text, and its agent answers the readiness probe, which the injector rewrites
 * (istio.io, "Health Checking of Istio Services"; istio/istio#53786).
 */
export function injectSidecars(cluster: WorldCluster, deployment: Deployment): void {
  for (const pod of podsOf(cluster, deployment)) {
    const { namespace, name } = pod.metadata;
    const [application] = pod.spec.containers;
    application.readinessProbe = {
      ...application.readinessProbe,
      httpGet: { path: `/app-health/${application.name}/readyz`, port: agentPort, scheme: 'HTTP' },
    };
    pod.spec.containers.push({
      name: 'istio-proxy',
      image: 'docker.io/istio/proxyv2:1.26.2',
      args: ['proxy', 'sidecar'],
      ports: [{ name: 'http-envoy-prom', containerPort: metricsPort, protocol: 'TCP' }],
    });
    const own = statusesOf(pod);
    pod.status.containerStatuses = [...own, ...own.map((each) => ({ ...copyOf(each), name: 'istio-proxy' }))];
    cluster.processes[`${namespace}/${name}`] = [
      ...(cluster.processes[`${namespace}/${name}`] ?? []).map(({ port }) => ({
        port,
        behaviour: { kind: 'reset' as const },
      })),
      { port: agentPort, behaviour: { kind: 'http', paths: { '*': 200 } } },
      { port: metricsPort, behaviour: { kind: 'http', paths: { '*': 200 } } },
    ];
  }
}
