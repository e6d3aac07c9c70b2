import { affectedBy } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { eventsAbout } from '../../kubernetes/pod.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Subnet } from '../../model/aws.ts';
import type { Confidence } from '../../model/check-result.ts';
import type { Event, Pod } from '../../model/kubernetes.ts';
import { podSubnetsOf } from '../../network/pod-subnets.ts';

/** Fewer free addresses than this in a subnet count as none: the CNI and AWS take some ahead. */
const fewAddresses = 8;

/** Words of the VPC CNI when a subnet or a node has no address left (CNI: cmd/routed-eni-cni-plugin, pkg/awsutils). */
const noAddress =
  /failed to assign an IP address to container|InsufficientFreeAddressesInSubnet|InsufficientCidrBlocks|no available IP\/Prefix addresses/;

export const podIpExhaustion = check({
  id: 'pod-ip-exhaustion',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'The VPC has no address left for the pods behind the Service',
  symptom: 'New pods stay in ContainerCreating while the old ones keep serving.',
  why: `With the Amazon VPC CNI every pod needs an address of a subnet. When the subnet, or the node, has none left, the pod's sandbox can't
be created: the pod stays in ContainerCreating and the Service gets no endpoint.`,
  proof: `The kubelet reports FailedCreatePodSandBox, because no address is free, for a pending pod behind the Service that has none. It is
confirmed when a subnet of the pod's node has fewer than ${fewAddresses} free addresses, and only possible when all have more and EC2 names no shortage.`,
  nearMisses: [
    'Free addresses do not rule it out: with prefix delegation the CNI needs a free block of 16.',
    'A pod that was refused at first and now has an address waits for something else.',
    'A sandbox may fail for a reason other than addresses.',
    'If no new address is needed, a shortage has no effect on running targets.',
  ],
  decidedBy:
    'the free addresses of the subnet, or its free /28 blocks with prefix delegation, and the log of aws-node on the node of the pod',
  fix: [
    {
      text: 'Find out which subnets are full, then add a secondary CIDR with custom networking, larger subnets, or prefix delegation.',
      look: {
        aws: 'ec2 describe-subnets',
        options:
          '--filters Name=vpc-id,Values={vpc} --query "Subnets[].[SubnetId,AvailabilityZone,CidrBlock,AvailableIpAddressCount]" --output table',
      },
    },
    {
      when: 'hasBlocks',
      text: 'Turn on prefix delegation, if the subnets still have free blocks of 16 addresses.',
      change: {
        env: { ENABLE_PREFIX_DELEGATION: 'true' },
        container: 'aws-node',
        on: { object: 'daemonset/aws-node', in: 'kube-system' },
      },
      danger: 'Only Nitro instances can do this, and new nodes should replace the old ones afterwards.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html',
  ],
  masks: [
    'pod-unschedulable',
    'pod-config-error',
    'pod-image-pull-failure',
    'pod-init-or-startup-stuck',
    'pod-oomkilled',
    'pod-liveness-kill-loop',
    'pod-crashloop',
  ],
  masksEvery: ['unreadySymptom'],
  needs: ['services', 'pods', 'endpointSlices', 'nodes', 'events'],
  optional: ['networkInterfaces', 'subnets'],

  run(group, { events, networkInterfaces, subnets, ...cluster }) {
    const refusal = (pod: Pod): Event | undefined =>
      eventsAbout(events, 'Pod', pod).find(
        ({ reason, note }) => reason === 'FailedCreatePodSandBox' && noAddress.test(note),
      );
    const waits = ({ status }: Pod) => status.phase === 'Pending' && status.podIPs.length === 0;
    const isRefused = (pod: Pod) => waits(pod) && refusal(pod) !== undefined;
    return affectedBy(group, cluster, isRefused).map(({ target, pod }) => {
      const [fullest] = podSubnetsOf(pod, { nodes: cluster.nodes, networkInterfaces, subnets }).toSorted(
        (a, b) => a.availableIps - b.availableIps,
      );
      const [words = ''] = noAddress.exec(refusal(pod)?.note ?? '') ?? [];
      return {
        ...(target && { target }),
        saw: `${nameOf(pod)} gets no address: ${words}${fullest === undefined ? '' : `; subnet ${fullest.id} has ${fullest.availableIps} free`}`,
        expected: 'a free address for the pod',
        confidence: sureness(words, fullest),
        values: {
          pod: pod.metadata.name,
          // What is left in a full subnet is no block.
          ...((fullest === undefined || fullest.availableIps >= 16) && { hasBlocks: 'yes' }),
        },
      };
    });
  },
});

/** Free addresses speak against it, unless EC2 itself says that it has none to give. */
function sureness(words: string, fullest: Subnet | undefined): Confidence {
  if (fullest !== undefined && fullest.availableIps < fewAddresses) return 'confirmed';
  return fullest === undefined || words.startsWith('Insufficient') ? 'probable' : 'possible';
}
