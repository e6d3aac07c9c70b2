import { backendGroup } from '../controller/balancer-groups.ts';
import { scenario } from '../scenario.ts';
import { ingress } from '../world/cluster.ts';
import { addPodSecurityGroup } from '../world/network/branch-interface.ts';
import { setCni } from '../world/network/vpc-cni.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const groupName = 'shop-pods';

/** The rules of the ENIConfig's security group are kept by hand, and were written for the first Service with ip targets. */
export const eniconfigSgBlocksNlb = scenario({
  id: 'eniconfig-sg-blocks-nlb',
  title: 'With custom networking the pods’ interfaces have a security group that admits another port only',
  arrange(world, cluster, place) {
    setCni(cluster, {
      AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true',
      ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone',
    });
    const group = addPodSecurityGroup(world, cluster, { name: groupName });
    for (const each of world.networkInterfaces) {
      if (each.description.startsWith('aws-K8S-')) each.securityGroups = [group.id];
    }
    addWorkload(world, cluster, { ...place, port: 3000 });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [{ name: 'http', port: 80, targetPort: 3000 }],
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster) {
    const referencedGroupId = backendGroup(world, cluster).id;
    for (const group of world.securityGroups) {
      if (group.name !== groupName) continue;
      group.rules = [
        ...group.rules.filter((rule) => rule.referencedGroupId !== referencedGroupId),
        ingress(`${groupName} load balancers`, { fromPort: 8080, toPort: 8080, referencedGroupId }),
      ];
    }
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'eniconfig-sg-blocks-nlb',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
