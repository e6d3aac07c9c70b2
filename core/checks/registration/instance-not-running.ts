import { check } from '../../diagnosis/check.ts';
import { nodeOf } from '../../kubernetes/service.ts';
import { withId } from '../../model/indexed.ts';

export const instanceNotRunning = check({
  id: 'instance-not-running',
  kind: 'fault',
  stage: 'registration',
  severity: 'high',
  begunBy: ['UpdateNodegroupConfig', 'UpdateNodegroupVersion', 'DeleteNodegroup'],
  takesNodeDown: true,
  title: 'The instance of the target does not run',
  symptom: 'Targets are `unused` with Target.InvalidState.',
  why: `Elastic Load Balancing neither checks nor uses an instance that is stopped or terminated. The target stays in the group as unused
until the controller deregisters it or the instance runs again.`,
  proof: `The reason of the target is Target.InvalidState. The state of the instance in EC2 (stopped, stopping, terminated or unknown)
confirms it.`,
  nearMisses: [
    'A hanging instance is running for EC2, and its target is unhealthy instead of unused.',
    'The instance is shutting down: `node-being-removed`.',
  ],
  decidedBy: 'the state of the instance in EC2',
  fix: [
    {
      text: 'If the instance is stopped, start it again, or let its node group replace it.',
      change: { aws: 'ec2 start-instances', options: { 'instance-ids': '{instance}' } },
      danger: 'Someone may have stopped it for a reason, and a node group may already have started another one.',
    },
    {
      text: 'A terminated instance cannot be started again: the controller deregisters it within minutes. If that does not happen, find out why.',
      look: { kubectl: 'logs deployment/{controllerDeployment} --tail=100', in: '{controllerNamespace}' },
    },
    {
      text: 'If it is not to come back, delete its Node: as long as that is there, cloud-provider-aws keeps the instance registered.',
      when: 'node',
      change: { remove: { object: 'node {node}' } },
      disturbs: 'Pods that are bound to the node are removed, and their owners start others.',
      danger: 'Karpenter terminates the instance of a Node that is deleted.',
      undo: 'Start the instance: its kubelet registers the Node again.',
    },
    {
      text: 'If nothing deregisters it, deregister it by hand.',
      when: 'noNode',
      change: {
        aws: 'elbv2 deregister-targets',
        options: { 'target-group-arn': '{targetGroup}', targets: 'Id={instance},Port={port}' },
      },
      danger: 'An instance that starts again gets no traffic until the controller registers it again.',
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [
    'node-not-ready',
    'kube-proxy-down',
    'stale-targets-not-deregistered',
    'pod-evicted-or-node-pressure',
    'pod-readiness-probe-failing',
    'etp-local-no-ready-endpoint-anywhere',
  ],
  needs: ['targetHealth'],
  optional: ['instances', 'nodes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { instances, nodes }) {
    return group.nonHealthy
      .filter(({ reason }) => reason === 'Target.InvalidState')
      .flatMap((target) => {
        const instance = withId(instances ?? [], target.id);
        const isGone = instances !== undefined && instance === undefined;
        const isDown = isGone || ['stopped', 'stopping', 'terminated'].includes(instance?.state ?? '');
        const node = nodeOf(target, nodes ?? []);
        return [
          {
            target,
            saw: `${target.description ?? 'Target.InvalidState'}; ${isGone ? 'EC2 no longer lists the instance' : `EC2: ${instance?.state ?? 'not read'}`}${node === undefined ? '' : `; node ${node.metadata.name} is still there`}`,
            expected: 'a running instance',
            confidence: isDown ? ('confirmed' as const) : ('probable' as const),
            values: {
              instance: target.id,
              port: target.port,
              ...(node !== undefined && { node: node.metadata.name }),
              ...(nodes !== undefined && node === undefined && { noNode: 'yes' }),
            },
          },
        ];
      });
  },
});
