import type { Place } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { replicaSetsOf } from '../world/pod/replica-set.ts';
import { podsOf } from '../world/pod/workload.ts';
import type { WorldCluster } from '../world/world.ts';

/** A release makes the application listen on another port, in its manifest and in the Service as well. */
export function moveToPort(cluster: WorldCluster, place: Place, port: number): void {
  const deployment = objectOf(cluster, 'Deployment', place);
  const pods = podsOf(cluster, deployment);
  const replicaSets = replicaSetsOf(cluster, deployment);
  for (const { containers } of [deployment, ...replicaSets]
    .map(({ spec }) => spec.template.spec)
    .concat(pods.map(({ spec }) => spec))) {
    for (const container of containers) {
      for (const declared of container.ports ?? []) declared.containerPort = port;
      if (container.readinessProbe?.httpGet) container.readinessProbe.httpGet.port = port;
    }
  }
  for (const { metadata } of pods) {
    for (const process of cluster.processes[`${metadata.namespace}/${metadata.name}`] ?? []) process.port = port;
  }
  for (const servicePort of objectOf(cluster, 'Service', place).spec.ports) servicePort.targetPort = port;
}
