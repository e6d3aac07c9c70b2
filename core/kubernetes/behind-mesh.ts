import type { Pod, Service, ServicePort } from '../model/kubernetes.ts';
import { isTakenByMesh } from './mesh.ts';
import { isPodReady, isServing } from './pod.ts';
import { podsOf, targetPortIn } from './service.ts';

/** True where the proxy of a service mesh takes what comes to this port of the Service, in every pod that is ready. */
export function isBehindMesh(service: Service, port: ServicePort, pods: Pod[]): boolean {
  const ready = podsOf(service, pods).filter((pod) => isServing(pod) && isPodReady(pod));
  return (
    ready.length > 0 &&
    ready.every((pod) => {
      const number = targetPortIn(pod, port);
      return number !== undefined && isTakenByMesh(pod, number);
    })
  );
}
