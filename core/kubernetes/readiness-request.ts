import type { Pod, Service, ServicePort } from '../model/kubernetes.ts';
import { meshProxyOf } from './mesh.ts';
import { isPodReady, isServing, probedPortIn } from './pod.ts';
import { podsOf, targetPortIn } from './service.ts';

/** A request by which the kubelet finds a pod ready. */
export interface ReadinessRequest {
  scheme: 'HTTP' | 'HTTPS';
  path: string;
  /** The Host header, where the probe names one. */
  host?: string;
}

/**
 * The request that the kubelet's readiness probes send to the very port that the Service forwards to, and that a ready pod answers
 * well: it shows what is spoken there, without a Proxy Protocol header. Undefined where no probe shows it, or the proxy of a
 * service mesh may answer in the place of the application.
 */
export function readinessRequestOf(service: Service, port: ServicePort, pods: Pod[]): ReadinessRequest | undefined {
  const ready = podsOf(service, pods).filter((pod) => isServing(pod) && isPodReady(pod));
  if (ready.some((pod) => meshProxyOf(pod) !== undefined)) return undefined;
  const [found] = ready.flatMap((pod) => {
    const number = targetPortIn(pod, port);
    return pod.spec.containers.flatMap((container) => {
      const get = container.readinessProbe?.httpGet;
      if (get === undefined || number === undefined || probedPortIn(container, container.readinessProbe) !== number)
        return [];
      const scheme = get.scheme?.toUpperCase() === 'HTTPS' ? ('HTTPS' as const) : ('HTTP' as const);
      return [{ scheme, path: get.path ?? '/', ...(get.host !== undefined && { host: get.host }) }];
    });
  });
  return found;
}
