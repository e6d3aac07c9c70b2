import { proxyReplacementConflict } from '../../core/checks/node/proxy-replacement-conflict.ts';
import { addDaemonSet, addKubeProxy } from '../core/kubernetes/kube-proxy-facts.ts';
import { fail, instanceId, metadata, probe, probePod, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const cilium = (settings: Record<string, string>) =>
  given(
    () => sampleFacts({ policy: 'Local' }),
    (facts) => {
      addDaemonSet(facts.slices, 'cilium');
      fail(facts.slices.targetHealth);
      facts.slices.configMaps.push({ metadata: metadata('cilium-config', 'kube-system'), data: settings });
    },
  );
const on = { 'kube-proxy-replacement': 'true' };
const off = { ...on, 'enable-health-check-nodeport': 'false' };
/** The health check asks the NodePort, under the policy Cluster. */
const onNodePort = (settings: Record<string, string>) =>
  given(sampleFacts, (facts) => {
    addDaemonSet(facts.slices, 'cilium');
    fail(facts.slices.targetHealth);
    facts.slices.configMaps.push({ metadata: metadata('cilium-config', 'kube-system'), data: settings });
  });
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(proxyReplacementConflict, {
  found: [
    {
      name: 'the health server is off under Local, and its port refuses',
      facts: given(cilium(off), (facts) => probe(facts, 'health-check', { kind: 'refused' })),
      targets: all,
      confidence: 'confirmed',
      saw: 'enable-health-check-nodeport is false; port 32080: connection refused',
    },
    {
      name: 'the health server is off and packets are dropped',
      facts: given(cilium(off), (facts) => probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' })),
      targets: all,
      confidence: 'probable',
      saw: 'no answer to the SYN',
    },
    {
      name: 'kube-proxy runs beside it',
      facts: given(cilium(on), (facts) => {
        addKubeProxy(facts);
        probe(facts, 'health-check', { kind: 'http', status: 503 });
      }),
      targets: all,
      confidence: 'probable',
      saw: 'kube-proxy runs too, 3 pods ready',
    },
    {
      name: 'NodePorts bound to listed devices refuse',
      facts: given(cilium({ ...on, devices: 'eth1' }), (facts) => probe(facts, 'health-check', { kind: 'refused' })),
      targets: all,
      confidence: 'possible',
      saw: 'bound to devices eth1',
    },
    {
      name: 'the NodePort refuses on listed devices, and the pods accept',
      facts: given(onNodePort({ ...on, devices: 'eth1' }), (facts) => {
        probe(facts, 'health-check', { kind: 'refused' });
        for (const { status } of facts.slices.pods) probePod(facts, status.podIPs[0] ?? '', 8080, { kind: 'open' });
      }),
      targets: all,
      confidence: 'possible',
      saw: 'bound to devices eth1',
    },
  ],
  ruledOut: [
    {
      name: 'an application that answers the NodePort badly, beside kube-proxy',
      facts: given(onNodePort(on), (facts) => {
        addKubeProxy(facts);
        probe(facts, 'health-check', { kind: 'http', status: 500 });
      }),
    },
    {
      name: 'pods that refuse behind a NodePort on listed devices',
      facts: given(onNodePort({ ...on, devices: 'eth0' }), (facts) => {
        probe(facts, 'health-check', { kind: 'refused' });
        for (const { status } of facts.slices.pods) probePod(facts, status.podIPs[0] ?? '', 8080, { kind: 'refused' });
      }),
    },
    {
      name: 'Cilium without the replacement',
      facts: given(cilium({ ...off, 'kube-proxy-replacement': 'false' }), (facts) => {
        addKubeProxy(facts);
        probe(facts, 'health-check', { kind: 'refused' });
      }),
    },
    {
      name: 'a setting left over from a Cilium that is gone',
      facts: given(cilium(off), (facts) => {
        facts.slices.workloads = [];
        probe(facts, 'health-check', { kind: 'refused' });
      }),
    },
    {
      name: 'the health check is answered well',
      facts: given(cilium(off), (facts) => probe(facts, 'health-check', { kind: 'http', status: 200 })),
    },
    {
      name: 'nothing that is set amiss',
      facts: given(cilium(on), (facts) => probe(facts, 'health-check', { kind: 'refused' })),
    },
  ],
});
