import { automodeNodeSgPermission } from '../../core/checks/network/automode-node-sg-permission.ts';
import { given, testCheck } from './check-tester.ts';
import { failing, lackingRule, ownedBy } from './controller-case.ts';

const auto = ownedBy(lackingRule, 'eks-auto-mode');

testCheck(automodeNodeSgPermission, {
  found: [
    {
      name: 'a security group of one’s own without a rule for the load balancer',
      facts: auto,
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'probable',
      saw: 'sg-0000000000000000a (nodes): no rule for TCP 8080 from the load balancer, and EKS may change eks-cluster-sg-* only',
    },
  ],
  ruledOut: [
    {
      name: 'the security group that EKS made for the cluster',
      facts: given(auto, ({ slices }) => {
        for (const group of slices.securityGroups) group.name = `eks-cluster-sg-shop-${group.id.slice(-4)}`;
      }),
    },
    {
      name: 'a security group of EKS beside one’s own',
      facts: given(auto, ({ slices }) => {
        const [own] = slices.securityGroups;
        if (own === undefined) throw new Error('the sample has security groups');
        slices.securityGroups.push({ ...own, id: 'sg-0000000000000000c', name: 'eks-cluster-sg-shop-1' });
        for (const each of slices.networkInterfaces) each.securityGroups.push('sg-0000000000000000c');
      }),
    },
    { name: 'a rule that is there, by whoever made it', facts: ownedBy(failing, 'eks-auto-mode') },
    { name: 'the AWS Load Balancer Controller', facts: lackingRule },
  ],
});
