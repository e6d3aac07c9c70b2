import { kubeProxyNodeNameMismatch } from '../../core/checks/kube-proxy-node-name-mismatch.ts';
import type { Facts } from '../../core/facts.ts';
import { fail, instanceId, metadata, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = () => sampleFacts({ policy: 'Local' });
const says = (facts: Facts, localEndpoints: number, only: string) =>
  probe(
    facts,
    'kube-proxy',
    {
      kind: 'http',
      status: 503,
      body: JSON.stringify({ service: { namespace: 'shop', name: 'web' }, localEndpoints, serviceProxyHealthy: true }),
    },
    { only },
  );
const allFail = given(local, ({ slices }) => fail(slices.targetHealth));
const customDomain = given(allFail, ({ slices }) => {
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
      name: 'a domain name of the VPC’s own and no override, not probed',
      facts: customDomain,
      targets: [instanceId(0), instanceId(1)],
      confidence: 'probable',
      saw: 'domain name corp.example.com',
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
