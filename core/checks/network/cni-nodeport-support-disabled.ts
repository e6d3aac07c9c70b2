import { check } from '../../diagnosis/check.ts';
import { endpointsOf, isLocal, isReady, nodeOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { cniSetting } from '../../kubernetes/vpc-cni.ts';
import type { Target } from '../../model/aws.ts';
import { interfaceAt, interfaceOf } from '../../network/interfaces.ts';
import { primaryOf } from '../../network/pod-interface.ts';
import { silencesOf } from '../../probes/silent-targets.ts';

export const cniNodeportSupportDisabled = check({
  id: 'cni-nodeport-support-disabled',
  kind: 'fault',
  stage: 'network',
  order: 3,
  severity: 'high',
  title: 'The VPC CNI is told not to support NodePorts, so that answers of pods on other interfaces get lost',
  symptom:
    'Nodes whose pods sit on secondary network interfaces are unhealthy, the NodePort answers nothing, the pods answer well.',
  why: `Connections to a NodePort come in by the primary interface. Pods on a secondary interface answer by that one, unless the VPC CNI marks
such connections and leads their answers back. With AWS_VPC_CNI_NODE_PORT_SUPPORT set to false it does not, and the answers leave on the
wrong interface and are dropped.`,
  proof: `aws-node sets AWS_VPC_CNI_NODE_PORT_SUPPORT to false, the health check goes to the NodePort and meets no answer although every rule admits
it, and ready pods of the node have addresses of a secondary interface.`,
  nearMisses: [
    'The setting is true unless somebody changed it.',
    'Pods on the primary interface are not concerned.',
    'The healthCheckNodePort is answered by kube-proxy on the node and works all the same.',
    'A healthy node all of whose pods are on a secondary interface speaks against it.',
  ],
  decidedBy:
    'a packet capture on the node: the answer leaves by another interface than the one by which the check came in',
  fix: [
    {
      text: 'Switch the support on again.',
      command:
        'kubectl --namespace kube-system set env daemonset/aws-node --containers aws-node AWS_VPC_CNI_NODE_PORT_SUPPORT=true',
      danger:
        'This restarts aws-node on every node. A managed add-on keeps the value only when it is in its configuration.',
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
    const podsAt = (target: Target) => {
      const name = nodeOf(target, facts.nodes)?.metadata.name;
      const primary = interfaceOf(target, group.targetGroup, facts.networkInterfaces);
      const own = ready.filter(({ nodeName }) => nodeName === name).flatMap(({ addresses }) => addresses);
      const away = own.filter((address) => {
        const there = interfaceAt(address, facts.networkInterfaces);
        return (
          there !== undefined &&
          there.id !== primary?.id &&
          primaryOf(there, facts.networkInterfaces)?.id === primary?.id
        );
      });
      return { name, away, isAway: away.length > 0 && away.length === own.length };
    };
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
