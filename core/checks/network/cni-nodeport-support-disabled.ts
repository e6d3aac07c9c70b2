import { check } from '../../diagnosis/check.ts';
import { endpointsOf, isLocal, isReady, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { cniSetting } from '../../kubernetes/vpc-cni.ts';
import type { Target } from '../../model/aws.ts';
import { podsAway } from '../../network/pod-interface.ts';
import { silencesOf } from '../../probes/silent-targets.ts';

export const cniNodeportSupportDisabled = check({
  id: 'cni-nodeport-support-disabled',
  kind: 'fault',
  stage: 'network',
  order: 3,
  severity: 'high',
  dropSymptom: true,
  title: 'NodePort support of the VPC CNI is off, so answers of pods on secondary interfaces get lost',
  symptom:
    'Nodes whose pods use secondary network interfaces are unhealthy: the NodePort gives no answer, although the pods themselves do.',
  why: `Connections to a NodePort arrive at the primary interface. Pods on a secondary interface answer through that one, unless the VPC CNI
marks such connections and routes their answers back. With AWS_VPC_CNI_NODE_PORT_SUPPORT set to false it does not, so the answers leave
through the wrong interface and are dropped.`,
  proof: `aws-node sets AWS_VPC_CNI_NODE_PORT_SUPPORT to false, the health check goes to the NodePort and meets no answer although every rule admits
it, and ready pods of the node have addresses of a secondary interface.`,
  nearMisses: [
    'The setting is true by default.',
    'Pods on the primary interface are not affected.',
    'The healthCheckNodePort is answered by kube-proxy on the node and still works.',
    'A healthy node whose pods are all on secondary interfaces is evidence against this cause.',
  ],
  decidedBy:
    'a packet capture on the node: the answer leaves through another interface than the one at which the check arrived',
  fix: [
    {
      text: 'Turn NodePort support on again.',
      change: {
        env: { AWS_VPC_CNI_NODE_PORT_SUPPORT: 'true' },
        container: 'aws-node',
        on: { object: 'daemonset/aws-node', in: 'kube-system' },
      },
    },
  ],
  links: ['https://github.com/aws/amazon-vpc-cni-k8s#aws_vpc_cni_node_port_support'],
  masks: ['host-firewall-or-kernel-setting', 'app-saturated', 'hc-thresholds-too-tight'],
  needs: [
    'workloads',
    'probes',
    'services',
    'endpointSlices',
    'pods',
    'nodes',
    'networkInterfaces',
    'securityGroups',
    'subnets',
    'networkAcls',
  ],
  optional: ['prefixLists'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, facts) {
    const service = serviceOf(group, facts.services);
    if (service === undefined || cniSetting(facts.workloads, 'AWS_VPC_CNI_NODE_PORT_SUPPORT') !== 'false')
      return undefined;
    const port = servicePortOf(group, service);
    const ready = endpointsOf(service, port, facts.endpointSlices).filter(isReady);
    const { nodes, networkInterfaces } = facts;
    const podsAt = (target: Target) => podsAway(target, group, { ready, nodes, networkInterfaces });
    const isServed = group.targets.some((target) => target.state === 'healthy' && podsAt(target).isAway);
    if (isServed) return [];
    return silencesOf(group, facts).flatMap(({ target }) => {
      if (target.healthCheckPort !== port?.nodePort) return [];
      const { name, away } = podsAt(target);
      if (away.length === 0) return [];
      return [
        {
          target,
          saw: `AWS_VPC_CNI_NODE_PORT_SUPPORT is false, and ${away.join(', ')} on ${name} belongs to a secondary interface`,
          expected: 'the default, true',
          // Under Cluster the node puts its own address in place of the sender's, so that the answer passes through it anyway.
          confidence: isLocal(group, service) ? ('probable' as const) : ('possible' as const),
        },
      ];
    });
  },
});
