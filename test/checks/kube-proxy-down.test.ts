import { kubeProxyDown } from '../../core/checks/node/kube-proxy-down.ts';
import { addDaemonSet, addKubeProxy, healthz, stopKubeProxy } from '../core/kubernetes/kube-proxy-facts.ts';
import { fail, instanceId, metadata, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const down = given(
  () => sampleFacts({ policy: 'Local' }),
  (facts) => {
    addKubeProxy(facts);
    stopKubeProxy(facts, 0);
    fail(facts.slices.targetHealth, instanceId(0));
  },
);

testCheck(kubeProxyDown, {
  found: [
    {
      name: 'its container cannot start, and its port refuses',
      facts: given(down, (facts) => healthz(facts, 0, 'refused')),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /kube-proxy is not ready \(RunContainerError: .*\/bin\/sh.*its health port refuses/,
    },
    {
      name: 'its container cannot start, not probed',
      facts: down,
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'RunContainerError',
    },
    {
      name: 'no pod on the node at all',
      facts: given(down, ({ slices }) => {
        slices.pods = slices.pods.filter((pod) => pod.metadata.name !== 'kube-proxy-0');
      }),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'no kube-proxy pod',
    },
    {
      name: 'its DaemonSet is scheduled nowhere, and nothing stands in for it',
      facts: given(down, ({ slices }) => {
        for (const { kind, spec } of slices.workloads) if (kind === 'DaemonSet') spec.replicas = 0;
        slices.pods = slices.pods.filter((pod) => pod.metadata.namespace !== 'kube-system');
      }),
      targets: [instanceId(0), instanceId(2)],
      confidence: 'probable',
      saw: 'no kube-proxy pod',
    },
  ],
  ruledOut: [
    {
      name: 'it runs on the failing node',
      facts: given(down, ({ slices }) => {
        for (const each of slices.targetHealth) each.state = each.id === instanceId(1) ? 'unhealthy' : 'healthy';
      }),
    },
    {
      name: 'a cluster without its DaemonSet, as EKS Auto Mode has none',
      facts: given(down, ({ slices }) => {
        slices.workloads = [];
        slices.pods = slices.pods.filter((pod) => pod.metadata.namespace !== 'kube-system');
      }),
    },
    {
      name: 'a node of Auto Mode in a mixed cluster',
      facts: given(down, ({ slices }) => {
        for (const node of slices.nodes) node.metadata.labels['eks.amazonaws.com/compute-type'] = 'auto';
      }),
    },
    {
      name: 'a Windows node, which runs it as a service of the system',
      facts: given(down, ({ slices }) => {
        slices.pods = slices.pods.filter((pod) => pod.metadata.name !== 'kube-proxy-0');
        for (const node of slices.nodes) node.metadata.labels['kubernetes.io/os'] = 'windows';
      }),
    },
    {
      name: 'Cilium stands in for it',
      facts: given(down, ({ slices }) => {
        addDaemonSet(slices, 'cilium');
        slices.configMaps.push({
          metadata: metadata('cilium-config', 'kube-system'),
          data: { 'kube-proxy-replacement': 'true' },
        });
      }),
    },
    {
      name: 'Calico stands in for it, and its DaemonSet is scheduled nowhere',
      facts: given(down, ({ slices }) => {
        for (const { spec, status } of slices.workloads.filter(({ kind }) => kind === 'DaemonSet')) {
          spec.replicas = 0;
          Object.assign(status, { replicas: 0, readyReplicas: 0, updatedReplicas: 0, availableReplicas: 0 });
        }
        slices.pods = slices.pods.filter((pod) => pod.metadata.namespace !== 'kube-system');
        addDaemonSet(slices, 'calico-node');
      }),
    },
    { name: 'its health server answers', facts: given(down, (facts) => healthz(facts, 0, 503)) },
    {
      name: 'old rules still answer the health check',
      facts: given(down, (facts) => probe(facts, 'health-check', { kind: 'http', status: 200 })),
    },
  ],
});
