import { copyOf } from '../copy.ts';
import type { Pod } from '../world/kubernetes-object.ts';
import { objectsOf, selects } from '../world/object.ts';
import { statusesOf } from '../world/pod/pod.ts';
import { answering } from '../world/pod/workload.ts';
import type { WorldCluster } from '../world/world.ts';

const quic = 'service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers';

/**
 * What webhooks put into a new pod: readiness gates and ids of QUIC servers by the AWS Load Balancer Controller where the labels of
 * the namespace want them, and the proxy of a mesh, which leaves alone the ports that the pod's annotation excludes.
 */
export function admitPod(cluster: WorldCluster, pod: Pod, like: Pick<Pod, 'spec'> | undefined): void {
  const { namespace } = pod.metadata;
  const labels =
    objectsOf(cluster, 'Namespace').find(({ metadata }) => metadata.name === namespace)?.metadata.labels ?? {};
  if (labels['elbv2.k8s.aws/pod-readiness-gate-inject'] === 'enabled') injectGates(cluster, pod);
  if (labels['elbv2.k8s.aws/quic-server-id-inject'] === 'enabled') injectServerId(pod);
  const proxy = like?.spec.containers.find(({ name }) => name === 'istio-proxy');
  if (like !== undefined && proxy !== undefined) injectProxy(cluster, pod, { proxy, spec: like.spec });
}

/** The controller sets the condition as soon as the target is healthy. */
function injectGates(cluster: WorldCluster, pod: Pod): void {
  const services = objectsOf(cluster, 'Service').filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.metadata.namespace && selects(spec.selector, pod.metadata.labels),
  );
  const gates = objectsOf(cluster, 'TargetGroupBinding')
    .filter(
      ({ metadata, spec }) =>
        spec.targetType === 'ip' &&
        services.some(
          (service) =>
            service.metadata.namespace === metadata.namespace && service.metadata.name === spec.serviceRef.name,
        ),
    )
    .map(({ metadata }) => `target-health.elbv2.k8s.aws/${metadata.name}`);
  if (gates.length === 0) return;
  pod.spec.readinessGates = gates.map((conditionType) => ({ conditionType }));
  const { lastTransitionTime = pod.metadata.creationTimestamp } =
    pod.status.conditions.find(({ type }) => type === 'Ready') ?? {};
  pod.status.conditions.push(
    ...gates.map((type) => ({ type, status: 'True', lastProbeTime: null, lastTransitionTime })),
  );
}

function injectServerId({ metadata, spec }: Pod): void {
  const wanted = metadata.annotations[quic]?.split(',') ?? [];
  for (const container of spec.containers.filter(({ name }) => wanted.includes(name))) {
    container.env = [...(container.env ?? []), { name: 'AWS_LBC_QUIC_SERVER_ID', value: '0x12ab34cd' }];
  }
}

function injectProxy(
  cluster: WorldCluster,
  pod: Pod,
  { proxy, spec }: { proxy: Pod['spec']['containers'][number]; spec: Pod['spec'] },
): void {
  const { namespace, name } = pod.metadata;
  const excluded = (pod.metadata.annotations['traffic.sidecar.istio.io/excludeInboundPorts'] ?? '').split(',');
  const [before] = spec.containers;
  pod.spec.containers.push(copyOf(proxy));
  if (before.readinessProbe) pod.spec.containers[0].readinessProbe = copyOf(before.readinessProbe);
  const own = statusesOf(pod);
  pod.status.containerStatuses = [...own, ...own.slice(0, 1).map((each) => ({ ...copyOf(each), name: proxy.name }))];
  cluster.processes[`${namespace}/${name}`] = (cluster.processes[`${namespace}/${name}`] ?? []).map((process) =>
    excluded.includes(String(process.port)) ? { ...process, behaviour: answering() } : process,
  );
}
