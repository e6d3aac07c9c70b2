import { healthPortUnserved } from '../../core/checks/traffic-policy/health-port-unserved.ts';
import type { Facts } from '../../core/model/facts.ts';
import { addDaemonSet, addKubeProxy } from '../core/kubernetes/kube-proxy-facts.ts';
import { fail, instanceId, metadata, nodeName, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const replacedBy = (name: string) =>
  given(
    () => sampleFacts({ policy: 'Local' }),
    (facts) => {
      addDaemonSet(facts.slices, name);
      fail(facts.slices.targetHealth, instanceId(0), instanceId(2));
    },
  );
const refusing = (make: () => Facts) =>
  given(make, (facts) => probe(facts, 'kube-proxy', { kind: 'refused' }, { only: instanceId(0) }));
const counting = (make: () => Facts, localEndpoints: number, status = 503) =>
  given(make, (facts) =>
    probe(
      facts,
      'kube-proxy',
      { kind: 'http', status, body: JSON.stringify({ service: { namespace: 'shop', name: 'web' }, localEndpoints }) },
      { only: instanceId(0) },
    ),
  );

testCheck(healthPortUnserved, {
  found: [
    {
      name: 'Calico with eBPF still counts no endpoint on a node that has one',
      facts: counting(replacedBy('calico-node'), 0),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: `${nodeName(0)} has 1 ready endpoint, port 32080 answers HTTP 503 with localEndpoints 0; Calico replaces kube-proxy`,
      values: { agent: 'calico-node', node: nodeName(0) },
    },
    {
      name: 'kube-router, which serves no such port',
      facts: refusing(replacedBy('kube-router')),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'kube-router replaces kube-proxy and serves no healthCheckNodePort',
    },
    {
      name: 'Antrea whose health server is gone',
      facts: refusing(replacedBy('antrea-agent')),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'Antrea replaces kube-proxy',
    },
    {
      name: 'Cilium of an operator, whose settings are in a namespace of its own',
      facts: given(refusing(replacedBy('cilium')), ({ slices }) => {
        for (const each of slices.workloads) if (each.kind === 'DaemonSet') each.metadata.namespace = 'cilium';
      }),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'Cilium replaces kube-proxy',
    },
    {
      name: 'nothing at all that is known',
      facts: refusing(
        given(
          () => sampleFacts({ policy: 'Local' }),
          ({ slices }) => fail(slices.targetHealth),
        ),
      ),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'no service proxy was found in the cluster',
    },
  ],
  ruledOut: [
    {
      name: 'kube-proxy beside Calico without eBPF',
      facts: given(counting(replacedBy('calico-node'), 0), (facts) => addKubeProxy(facts)),
    },
    {
      name: 'a node whose pod became ready seconds ago',
      facts: given(counting(replacedBy('calico-node'), 0), ({ slices }) => {
        for (const { status } of slices.pods)
          status.conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-20T11:59:30Z' }];
      }),
    },
    {
      name: 'a node without a pod',
      facts: given(counting(replacedBy('calico-node'), 0), ({ slices }) => {
        for (const { endpoints } of slices.endpointSlices) endpoints.shift();
      }),
    },
    { name: 'a port that answers 200', facts: counting(replacedBy('calico-node'), 1, 200) },
    {
      name: 'packets that get no answer',
      facts: given(replacedBy('calico-node'), (facts) =>
        probe(facts, 'kube-proxy', { kind: 'timeout', phase: 'connect' }),
      ),
    },
    {
      name: 'Windows nodes, which run kube-proxy as a service of the system',
      facts: given(refusing(replacedBy('calico-node')), ({ slices }) => {
        for (const { metadata } of slices.nodes) metadata.labels['kubernetes.io/os'] = 'windows';
      }),
    },
    {
      name: 'the Cluster policy',
      facts: given(refusing(replacedBy('kube-router')), ({ slices }) => {
        for (const { spec } of slices.services) spec.externalTrafficPolicy = 'Cluster';
      }),
    },
    {
      name: 'a health check of another port',
      facts: given(refusing(replacedBy('kube-router')), ({ slices }) => {
        for (const each of slices.targetHealth) each.healthCheckPort = 31080;
        slices.configMaps.push({ metadata: metadata('calico-config', 'kube-system'), data: {} });
      }),
    },
  ],
});
