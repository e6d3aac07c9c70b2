import { kubeProxyNodeNameMismatch } from '../../core/checks/traffic-policy/kube-proxy-node-name-mismatch.ts';
import type { Facts } from '../../core/model/facts.ts';
import { addDaemonSet, addKubeProxy, healthz } from '../core/kubernetes/kube-proxy-facts.ts';
import { fail, instanceId, metadata, nodeName, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = () => sampleFacts({ policy: 'Local' });
const says = (facts: Facts, localEndpoints: number, only: string, serviceProxyHealthy = true) =>
  probe(
    facts,
    'kube-proxy',
    {
      kind: 'http',
      status: 503,
      body: JSON.stringify({ service: { namespace: 'shop', name: 'web' }, localEndpoints, serviceProxyHealthy }),
    },
    { only },
  );
/** Older versions do not say whether kube-proxy itself works. */
const olderCounts = (facts: Facts, localEndpoints: number) =>
  probe(
    facts,
    'kube-proxy',
    {
      kind: 'http',
      status: 503,
      body: JSON.stringify({ service: { namespace: 'shop', name: 'web' }, localEndpoints }),
    },
    { only: instanceId(0) },
  );
const unproxied = given(local, ({ slices }) => fail(slices.targetHealth));
const allFail = given(unproxied, addKubeProxy);
const customDomain = given(unproxied, ({ slices }) => {
  for (const options of slices.dhcpOptions) options.domainName = 'corp.example.com';
  slices.workloads.push({
    kind: 'DaemonSet',
    metadata: metadata('kube-proxy', 'kube-system'),
    spec: {
      replicas: 3,
      template: {
        labels: {},
        containers: [
          {
            name: 'kube-proxy',
            image: 'kube-proxy',
            command: ['kube-proxy', '--config=/var/lib/kube-proxy-config/config'],
            args: [],
            env: [],
            ports: [],
          },
        ],
      },
    },
    status: { replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3, conditions: [] },
  });
});
/** Nodes named after their instances, as nodeadm names them with InstanceIdNodeName. */
const instanceNames = given(customDomain, ({ slices }) => {
  for (const options of slices.dhcpOptions) options.domainName = 'eu-west-1.compute.internal';
  for (const [index, node] of slices.nodes.entries()) node.metadata.name = instanceId(index);
  for (const [index, pod] of slices.pods.entries()) pod.spec.nodeName = instanceId(index);
  for (const slice of slices.endpointSlices)
    for (const [index, endpoint] of slice.endpoints.entries()) endpoint.nodeName = instanceId(index);
});

testCheck(kubeProxyNodeNameMismatch, {
  found: [
    {
      name: 'kube-proxy counts no endpoint on a node that has one',
      facts: given(allFail, (facts) => {
        says(facts, 0, instanceId(0));
        says(facts, 0, instanceId(1));
      }),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'confirmed',
      saw: 'its kube-proxy counts 0 (HTTP 503)',
    },
    {
      name: 'an older one that counts none on a node that is about to go: 503 on its own port is about the node',
      facts: given(allFail, (facts) => {
        olderCounts(facts, 0);
        healthz(facts, 0, 503, '{"lastUpdated": "2026-11-20 12:00:00 +0000 UTC","nodeEligible": false}');
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'its kube-proxy counts 0 (HTTP 503)',
    },
    {
      name: 'a domain name of the VPC’s own and no override, not probed',
      facts: customDomain,
      targets: [instanceId(0), instanceId(1)],
      confidence: 'probable',
      saw: 'domain name corp.example.com',
    },
    {
      name: 'the domain name of another Region',
      facts: given(customDomain, ({ slices }) => {
        for (const options of slices.dhcpOptions) options.domainName = 'ec2.internal';
      }),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'probable',
      saw: 'domain name ec2.internal',
    },
    {
      name: 'nodes named after their instances and no override, not probed',
      facts: instanceNames,
      targets: [instanceId(0), instanceId(1)],
      confidence: 'probable',
      saw: `the private DNS name of ${instanceId(0)} is ${nodeName(0)}`,
    },
  ],
  ruledOut: [
    {
      name: 'kube-proxy counts the endpoint and is unwell itself',
      facts: given(allFail, (facts) => says(facts, 1, instanceId(0))),
    },
    {
      name: 'the endpoint became ready seconds ago',
      facts: given(allFail, (facts) => {
        for (const { status } of facts.slices.pods)
          status.conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-20T11:59:30Z' }];
        says(facts, 0, instanceId(0));
      }),
    },
    {
      name: 'a pod on the address of its node that became ready seconds ago',
      facts: given(allFail, (facts) => {
        const [pod] = facts.slices.pods;
        const [endpoint] = facts.slices.endpointSlices.flatMap(({ endpoints }) => endpoints);
        if (pod === undefined || endpoint === undefined) throw new Error('the sample has no pod');
        pod.spec.hostNetwork = true;
        pod.status.podIPs = endpoint.addresses = ['10.0.0.10'];
        facts.slices.pods.push({ ...structuredClone(pod), metadata: metadata('aws-node-x', 'kube-system') });
        pod.status.conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-20T11:59:30Z' }];
        says(facts, 0, instanceId(0));
      }),
    },
    {
      name: 'a kube-proxy that calls itself unhealthy and has not heard of the pod',
      facts: given(allFail, (facts) => says(facts, 0, instanceId(0), false)),
    },
    {
      name: 'an older one that does not say so, with 503 on its own port',
      facts: given(allFail, (facts) => {
        olderCounts(facts, 0);
        healthz(facts, 0, 503);
      }),
    },
    {
      name: 'one on a node that is about to go that says on its own port that it does not work either',
      facts: given(allFail, (facts) => {
        olderCounts(facts, 0);
        healthz(facts, 0, 503, '{"nodeEligible": false, "healthy": false}');
      }),
    },
    {
      name: 'Cilium answers in the place of kube-proxy',
      facts: given(allFail, (facts) => {
        addDaemonSet(facts.slices, 'cilium');
        facts.slices.configMaps.push({
          metadata: metadata('cilium-config', 'kube-system'),
          data: { 'kube-proxy-replacement': 'true' },
        });
        says(facts, 0, instanceId(0));
      }),
    },
    {
      name: 'Calico in eBPF mode answers, and no kube-proxy runs',
      facts: given(unproxied, (facts) => {
        addDaemonSet(facts.slices, 'calico-node');
        says(facts, 0, instanceId(0));
      }),
    },
    {
      name: 'Calico in eBPF mode beside a kube-proxy that was not removed',
      facts: given(allFail, (facts) => {
        addDaemonSet(facts.slices, 'calico-node');
        for (const { spec } of facts.slices.workloads.slice(-1))
          for (const { env } of spec.template.containers) env.push({ name: 'FELIX_BPFENABLED', value: 'true' });
        says(facts, 0, instanceId(0));
      }),
    },
    ...['kube-router', 'antrea-agent'].map((agent) => ({
      name: `${agent} answers, and no kube-proxy runs`,
      facts: given(unproxied, (facts) => {
        addDaemonSet(facts.slices, agent);
        says(facts, 0, instanceId(0));
      }),
    })),
    {
      name: 'nothing that is known answers',
      facts: given(unproxied, (facts) => says(facts, 0, instanceId(0))),
    },
    {
      name: 'a custom domain, and a port that refuses',
      facts: given(customDomain, (facts) => probe(facts, 'kube-proxy', { kind: 'refused' })),
    },
    {
      name: 'security groups that explain the failure, not probed',
      facts: given(customDomain, ({ slices }) => {
        for (const group of slices.securityGroups) group.rules = [];
      }),
    },
    {
      name: 'an override in the configuration',
      facts: given(customDomain, ({ slices }) => {
        slices.configMaps.push({
          metadata: metadata('kube-proxy-config', 'kube-system'),
          data: { config: 'hostnameOverride: "ip-10-0-0-10"\nmode: iptables' },
        });
      }),
    },
  ],
});
