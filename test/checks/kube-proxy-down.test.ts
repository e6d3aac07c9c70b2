import { expect, test } from 'vitest';
import { kubeProxyDown } from '../../core/checks/node/kube-proxy-down.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { addDaemonSet, addKubeProxy, healthz, stopKubeProxy } from '../core/kubernetes/kube-proxy-facts.ts';
import { fail, instanceId, metadata, nodeName, probe, probePod, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const down = given(
  () => sampleFacts({ policy: 'Local' }),
  (facts) => {
    addKubeProxy(facts);
    stopKubeProxy(facts, 0);
    fail(facts.slices.targetHealth, instanceId(0));
  },
);

/** The node refuses the NodePort and port 10256, and the others serve. */
const process = (label: string, value: string) =>
  given(sampleFacts, (facts) => {
    for (const node of facts.slices.nodes) node.metadata.labels[label] = value;
    fail(facts.slices.targetHealth, instanceId(0));
    probe(facts, 'health-check', { kind: 'refused' }, { only: instanceId(0) });
    healthz(facts, 0, 'refused');
  });

/** Under Cluster, where the health check goes to the NodePort. */
const onNodePort = given(sampleFacts, (facts) => {
  addKubeProxy(facts);
  stopKubeProxy(facts, 0);
  fail(facts.slices.targetHealth);
});

testCheck(kubeProxyDown, {
  found: [
    {
      name: 'a NodePort that refuses while the pods answer',
      facts: given(onNodePort, (facts) => {
        healthz(facts, 0, 'refused');
        probe(facts, 'health-check', { kind: 'refused' }, { only: instanceId(0) });
        probePod(facts, '10.0.0.100', 8080, { kind: 'open' });
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'its health port refuses connections',
    },
    {
      name: 'a Windows node that refuses its NodePort and port 10256 while others serve',
      facts: process('kubernetes.io/os', 'windows'),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: "NodePort 31080 and kube-proxy's health port 10256 refuse connections, 2 other nodes serve the Service",
      values: { windows: nodeName(0), instance: instanceId(0) },
    },
    {
      name: 'a node of EKS Auto Mode that refuses its NodePort and port 10256 while others serve',
      facts: process('eks.amazonaws.com/compute-type', 'auto'),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'refuse connections',
      values: { managed: nodeName(0) },
    },
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
      name: 'the application answers through the NodePort, by the rules that are left',
      facts: given(onNodePort, (facts) => probe(facts, 'health-check', { kind: 'http', status: 503 })),
    },
    {
      name: 'the NodePort refuses as the pods do themselves',
      facts: given(onNodePort, (facts) => {
        probe(facts, 'health-check', { kind: 'refused' });
        for (const { status } of facts.slices.pods.filter(({ metadata: { namespace } }) => namespace === 'shop'))
          probePod(facts, status.podIPs[0] ?? '', 8080, { kind: 'refused' });
      }),
    },
    {
      name: 'a node of Auto Mode whose NodePort refuses as all others do',
      facts: given(process('eks.amazonaws.com/compute-type', 'auto'), (facts) => {
        fail(facts.slices.targetHealth);
        for (const index of [1, 2]) {
          probe(facts, 'health-check', { kind: 'refused' }, { only: instanceId(index) });
          healthz(facts, index, 'refused');
        }
      }),
    },
    {
      name: 'a node of Auto Mode whose health server answers',
      facts: given(process('eks.amazonaws.com/compute-type', 'auto'), ({ slices }) => {
        for (const each of slices.probes)
          if (each.purpose === 'kube-proxy-healthz') each.outcome = { kind: 'http', status: 200 };
      }),
    },
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
      facts: given(down, (facts) => {
        for (const node of facts.slices.nodes) node.metadata.labels['eks.amazonaws.com/compute-type'] = 'auto';
        probe(facts, 'kube-proxy', { kind: 'http', status: 503 });
      }),
    },
    {
      name: 'a Windows node, which runs it as a service of the system',
      facts: given(down, (facts) => {
        const { slices } = facts;
        slices.pods = slices.pods.filter((pod) => pod.metadata.name !== 'kube-proxy-0');
        for (const node of slices.nodes) node.metadata.labels['kubernetes.io/os'] = 'windows';
        probe(facts, 'kube-proxy', { kind: 'http', status: 503 });
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

test.each([
  ['kubernetes.io/os', 'windows'],
  ['eks.amazonaws.com/compute-type', 'auto'],
])('without an answer it is unknown on nodes with %s=%s, where no pod shows it', (label, value) => {
  const outcomeOf = (facts: Facts) =>
    groupsOf(facts).flatMap((group) => examine(group, facts, [kubeProxyDown]))[0]?.outcome;
  const unprobed = process(label, value)();
  unprobed.slices.probes = [];
  expect(outcomeOf(unprobed)).toBe('unknown');
  const answering = process(label, value)();
  for (const each of answering.slices.probes) each.outcome = { kind: 'open' };
  expect(outcomeOf(answering)).toBe('ruled-out');
});
