import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { cniSetting, vpcCniOf } from '../../kubernetes/vpc-cni.ts';
import type { Evidence } from '../../model/check-result.ts';
import { preservesClients } from '../../network/clients/client-address.ts';
import { interfaceOf } from '../../network/interfaces.ts';
import { routeTo } from '../../network/route-tables.ts';

/** An address that stands for the Internet (RFC 5737). */
const anywhere = '198.51.100.1';

export const snatOnPreservedClients = check({
  id: 'snat-on-preserved-clients',
  kind: 'clients',
  stage: 'network',
  order: 4,
  severity: 'medium',
  title: 'Pods on nodes in public subnets answer preserved clients by another interface',
  symptom: 'Targets are healthy, and connections of clients on the Internet to some of the pods time out.',
  why: `Unless external SNAT is on, the VPC CNI sends what pods address outside of the VPC by the primary interface of the node, where it takes the
node's address. The answer to a client whose address is preserved leaves by another interface than its question came by. The health
check comes from inside the VPC and is answered by the pod's own interface.`,
  proof: `Targets are addresses of pods, the target group preserves addresses of clients, the load balancer is internet-facing, the VPC CNI runs without
AWS_VPC_K8S_CNI_EXTERNALSNAT, and the pod is in a subnet with a route to an internet gateway. Whether its interface is a secondary
one decides, so that this stays probable.`,
  nearMisses: [
    'Where addresses of clients are not preserved, pods answer the load balancer inside the VPC.',
    'An internal load balancer has its clients mostly inside the VPC.',
    'Another CNI, and EKS Auto Mode, have other rules.',
    'Pods in private subnets use a NAT gateway, and external SNAT can simply be on.',
  ],
  decidedBy: 'a packet capture on the primary interface of the node while a client on the Internet connects',
  fix: [
    {
      text: 'Switch the preservation of client addresses off where the application does not need them; the Proxy Protocol carries them too.',
      change: { attribute: 'preserve_client_ip.enabled', to: 'false' },
      disturbs:
        'Rules of security groups and policies for addresses of clients no longer match; those for the load balancer have to.',
    },
    {
      text: 'Or run the nodes in private subnets behind a NAT gateway and let it translate addresses.',
      change: {
        env: { AWS_VPC_K8S_CNI_EXTERNALSNAT: 'true' },
        container: 'aws-node',
        on: { object: 'daemonset/aws-node', in: 'kube-system' },
      },
      danger: 'In a public subnet pods then reach the Internet no more: they have no public addresses.',
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/external-snat.html'],
  masks: [],
  needs: ['loadBalancers', 'listeners', 'workloads', 'networkInterfaces', 'routeTables'],
  optional: ['prefixLists'],
  applies: ({ targetGroup, loadBalancer }) =>
    targetGroup.targetType === 'ip' && loadBalancer?.scheme === 'internet-facing',

  run(group, { workloads, networkInterfaces, routeTables, prefixLists }) {
    if (listenersInUse(group).length === 0 || preservesClients(group.targetGroup) !== true) return undefined;
    if (vpcCniOf(workloads) === undefined) return undefined;
    if (cniSetting(workloads, 'AWS_VPC_K8S_CNI_EXTERNALSNAT') === 'true') return [];
    return group.targets.flatMap((target): Evidence[] => {
      const own = target.state === 'healthy' && interfaceOf(target, group.targetGroup, networkInterfaces);
      if (own === undefined || own === false) return [];
      const route = routeTo(anywhere, own.subnetId, { routeTables, prefixLists });
      if (route.kind !== 'via' || !route.target.startsWith('igw-')) return [];
      return [
        {
          target,
          saw: `addresses of clients are preserved, external SNAT of the VPC CNI is off, and ${own.subnetId} leads to the Internet through ${route.target}`,
          expected: 'external SNAT, or the addresses of the load balancer at the targets',
          confidence: 'probable',
        },
      ];
    });
  },
});
