import { check } from '../../diagnosis/check.ts';
import type { Evidence } from '../../model/check-result.ts';
import { pathsTo, probesArrive } from '../../network/health-check-path.ts';
import { interfaceOf, interfacesOf } from '../../network/interfaces.ts';
import { answersWell, formatOutcome, probeOf } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

export const nodeMultiEniAsymmetricPath = check({
  id: 'node-multi-eni-asymmetric-path',
  kind: 'fault',
  stage: 'network',
  order: 3,
  severity: 'high',
  dropSymptom: true,
  title: 'The node has more than one network interface, and its answer leaves through the wrong one',
  symptom: 'Nodes with extra network interfaces give no answer although rules admit the check and its reply.',
  why: `A health check reaches an instance at its primary interface. An additional interface in another subnet adds a route for that subnet:
the answer to a load balancer node in that subnet leaves through the second interface, with the address of the first, and is dropped.`,
  proof: `The instance has an interface that is neither the primary one nor that of a CNI, load balancer nodes are in its subnet, and
every rule admits the health check. A probe from another subnet may still get its answer. Without such a load balancer node it is possible
at most, if a probe gets no answer.`,
  nearMisses: [
    'Interfaces of the VPC CNI, described aws-K8S-, and of Cilium, described Cilium-CNI, have their own routing rules.',
    'A second interface in the subnet of the first, or in one without load balancer nodes, does no harm.',
  ],
  decidedBy:
    'VPC flow logs: ACCEPT records of the check at the primary interface without an answer there, or the routes and rp_filter on the node',
  fix: [
    {
      text: 'Give each interface a separate route table, so that answers leave through the interface at which the check arrived; or detach the interface.',
      look: {
        aws: 'ec2 describe-network-interfaces',
        options:
          '--filters Name=attachment.instance-id,Values={instance} --query "NetworkInterfaces[].[NetworkInterfaceId,SubnetId,Description,Attachment.DeviceIndex]" --output table',
      },
    },
    { text: 'Or keep the load balancer out of the subnets of the second interface.' },
  ],
  links: [
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4065',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/scenarios-enis.html',
  ],
  masks: ['host-firewall-or-kernel-setting', 'app-saturated', 'hc-thresholds-too-tight'],
  needs: ['networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['probes', 'prefixLists', 'networkAcls', 'routeTables'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, facts) {
    return group.failing.flatMap((target): Evidence[] => {
      const primary = interfaceOf(target, group.targetGroup, facts.networkInterfaces);
      const others = interfacesOf(target.id, facts.networkInterfaces).filter(
        ({ id, interfaceType, description, subnetId }) =>
          id !== primary?.id &&
          interfaceType === 'interface' &&
          !/^(aws-K8S-|Cilium-CNI )/.test(description) &&
          subnetId !== primary?.subnetId,
      );
      if (primary === undefined || others.length === 0) return [];
      const paths = pathsTo(target, group, facts);
      if (paths.length === 0 || paths.some(({ decision }) => decision === 'deny')) return [];
      const outcome = probeOf(facts.probes ?? [], target, 'health-check');
      const isSilence = outcome !== undefined && isSilent(outcome.outcome);
      // Whatever answered badly is another fault.
      if (outcome !== undefined && !isSilence && !answersWell(outcome, group.targetGroup)) return [];
      const crossed = paths.filter(({ node }) => others.some(({ subnetId }) => subnetId === node.subnetId));
      if (crossed.length === 0 && !(isSilence && probesArrive(target, group, facts))) return [];
      const met =
        outcome === undefined ? '' : `; the prober, in another subnet, got: ${formatOutcome(outcome.outcome)}`;
      const where = crossed.map(({ node, from }) => `${from.address} in ${node.subnetId}`).join(', ');
      return [
        {
          target,
          saw: `${others.map(({ id, subnetId }) => `${id} in ${subnetId}`).join(', ')} in addition to the primary interface in ${primary.subnetId}${crossed.length > 0 ? `; checks come from ${where}` : ''}${met}`,
          expected: 'answers that leave through the interface at which the check arrived',
          confidence: crossed.length > 0 ? 'probable' : 'possible',
          values: { instance: target.id },
        },
      ];
    });
  },
});
