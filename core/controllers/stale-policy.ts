import { healthzPort } from '../kubernetes/kube-proxy.ts';
import type { Service } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { healthCheckAnnotation } from './annotation-prefix.ts';

/** cloud-provider-aws asks kube-proxy's own health server in its shared probe mode. */
const sharedProbePort = String(healthzPort);

/**
 * The externalTrafficPolicy for which the live health check was made, where the Service has the other one by now and no
 * annotation asks for such a check (KK#80996, cloud-provider-aws#87).
 */
export function stalePolicy({ targetGroup }: TargetGroupContext, service: Service): 'Local' | 'Cluster' | undefined {
  const { protocol, port, path } = targetGroup.healthCheck;
  const { externalTrafficPolicy, ports, type } = service.spec;
  const annotated = ['protocol', 'port', 'path'].some(
    (ending) => service.metadata.annotations[healthCheckAnnotation + ending] !== undefined,
  );
  if (targetGroup.targetType !== 'instance' || type !== 'LoadBalancer' || annotated) return undefined;
  if (externalTrafficPolicy === 'Local') return protocol === 'TCP' && port === 'traffic-port' ? 'Cluster' : undefined;
  const asksKubeProxy =
    protocol === 'HTTP' && path === '/healthz' && port !== 'traffic-port' && port !== sharedProbePort;
  return asksKubeProxy && !ports.some(({ nodePort }) => String(nodePort) === port) ? 'Local' : undefined;
}
