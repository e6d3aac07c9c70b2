import { snatOnPreservedClients } from '../../core/checks/network/snat-on-preserved-clients.ts';
import type { Facts } from '../../core/model/facts.ts';
import { deployment, sampleFacts } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';

interface World {
  externalSnat?: string;
  preserves?: boolean;
  gateway?: string;
  change?: (facts: Facts) => void;
}

/** Pods as targets of an internet-facing load balancer, in subnets that lead out through this gateway. */
const outside =
  ({ externalSnat, preserves = true, gateway = 'igw-1', change }: World) =>
  (): Facts => {
    const facts = sampleFacts({ targetType: 'ip' });
    const { slices } = facts;
    for (const balancer of slices.loadBalancers) balancer.scheme = 'internet-facing';
    for (const group of slices.targetGroups) group.attributes['preserve_client_ip.enabled'] = String(preserves);
    for (const table of slices.routeTables)
      table.routes.push({ destination: '0.0.0.0/0', target: gateway, state: 'active' });
    const env = externalSnat === undefined ? [] : [{ name: 'AWS_VPC_K8S_CNI_EXTERNALSNAT', value: externalSnat }];
    const workload = deployment(3);
    slices.workloads.push({
      ...workload,
      kind: 'DaemonSet',
      metadata: { ...workload.metadata, name: 'aws-node', namespace: 'kube-system' },
      spec: {
        ...workload.spec,
        template: {
          labels: {},
          containers: [{ name: 'aws-node', image: 'cni', command: [], args: [], env, ports: [] }],
        },
      },
    });
    change?.(facts);
    return facts;
  };

const pods = ['10.0.0.100', '10.0.1.100'];
const saw = /external SNAT of the VPC CNI is off, and subnet-0a\w+ leads to the Internet through igw-1/;

testCheck(snatOnPreservedClients, {
  found: [
    { name: 'the setting is not there', facts: outside({}), targets: pods, confidence: 'probable', saw },
    {
      name: 'the setting is false',
      facts: outside({ externalSnat: 'false' }),
      targets: pods,
      confidence: 'probable',
      saw,
    },
  ],
  ruledOut: [
    { name: 'external SNAT', facts: outside({ externalSnat: 'true' }) },
    { name: 'addresses of the load balancer', facts: outside({ preserves: false }) },
    { name: 'private subnets', facts: outside({ gateway: 'nat-1' }) },
    {
      name: 'an internal load balancer',
      facts: outside({
        change: ({ slices }) => {
          for (const balancer of slices.loadBalancers) balancer.scheme = 'internal';
        },
      }),
    },
    {
      name: 'another CNI',
      facts: outside({
        change: ({ slices }) => {
          slices.workloads = slices.workloads.filter(({ kind }) => kind !== 'DaemonSet');
        },
      }),
    },
    { name: 'instance targets', facts: sampleFacts },
  ],
});
