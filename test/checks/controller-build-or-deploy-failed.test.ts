import { controllerBuildOrDeployFailed } from '../../core/checks/registration/controller-build-or-deploy-failed.ts';
import { sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { empty, failing, ip, lackingRule, ownedBy, saying, stale, stuck } from './controller-case.ts';

const attributes = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';
const malformed = {
  reason: 'FailedBuildModel',
  note: 'Failed build model due to failed to parse stringMap annotation',
};

testCheck(controllerBuildOrDeployFailed, {
  found: [
    {
      name: 'a path waits behind the error',
      facts: saying(stuck, malformed),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'probable',
      saw: /event FailedBuildModel \(5 times\).*path stays \/old instead of \/new/,
    },
    {
      name: 'a stale target, in the words of cloud-provider-aws',
      facts: saying(stale, {
        reason: 'SyncLoadBalancerFailed',
        note: 'Error syncing load balancer: failed to ensure load balancer: ValidationError',
      }),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: '10.0.2.77 is the address of no pod',
    },
    {
      name: 'an empty target group',
      facts: saying(empty, malformed),
      targets: [],
      confidence: 'probable',
      saw: 'no target is registered, while 10.0.0.100, 10.0.1.100 are ready',
    },
    {
      name: 'a path waits behind an annotation that cannot be read, with no event left',
      facts: given(stuck, ({ slices: { services } }) => {
        for (const { metadata } of services) metadata.annotations[attributes] = 'preserve_client_ip.enabled:true';
      }),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'probable',
      saw: /"preserve_client_ip.enabled:true" is not a list of key=value; path stays/,
    },
    {
      name: 'the name of the target group that cloud-provider-aws wants is that of this one, changed by hand',
      facts: ownedBy(
        saying(
          given(empty, ({ slices }) => {
            for (const { healthCheck } of slices.targetGroups) healthCheck.intervalSeconds = 12;
          }),
          {
            reason: 'SyncLoadBalancerFailed',
            note: 'Error syncing load balancer: failed to ensure load balancer: error creating load balancer target group: "operation error Elastic Load Balancing v2: CreateTargetGroup, https response error StatusCode: 400, DuplicateTargetGroupName: A target group with the specified name already exists."',
          },
        ),
        'cloud-provider-aws',
      ),
      targets: [],
      confidence: 'probable',
      saw: 'DuplicateTargetGroupName',
      values: { settings: ['--health-check-interval-seconds', '30'] },
    },
    {
      name: 'a rule too many for the security groups of the load balancer itself',
      facts: saying(empty, {
        reason: 'FailedDeployModel',
        note: 'Failed deploy model due to operation error EC2: AuthorizeSecurityGroupIngress, api error RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.',
      }),
      targets: [],
      confidence: 'probable',
      saw: 'RulesPerSecurityGroupLimitExceeded',
    },
    {
      name: 'another target group has the name that the AWS Load Balancer Controller wants',
      facts: saying(empty, {
        reason: 'FailedDeployModel',
        note: "Failed deploy model due to operation error Elastic Load Balancing v2: CreateTargetGroup, https response error StatusCode: 400, DuplicateTargetGroupName: A target group with the same name 'x' exists, but with different settings",
      }),
      targets: [],
      confidence: 'probable',
      saw: 'DuplicateTargetGroupName',
      values: { takenName: 'x' },
    },
    {
      name: 'all targets are refused because of one that does not run',
      facts: saying(empty, {
        kind: 'Service',
        reason: 'FailedDeployModel',
        note: "InvalidTarget: The following targets are not in a running state and cannot be registered: 'i-0123456789abcdef0'",
      }),
      targets: [],
      confidence: 'probable',
      saw: 'InvalidTarget',
      values: { refused: ['i-0123456789abcdef0'] },
    },
    {
      name: 'a webhook of somebody else refuses the binding',
      facts: saying(empty, {
        reason: 'FailedDeployModel',
        note: 'Failed deploy model due to Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": failed to call webhook: context deadline exceeded',
      }),
      targets: [],
      confidence: 'probable',
      saw: 'validate.kyverno.svc-fail',
    },
    {
      name: 'the Gateway that the target group was made for',
      facts: given(
        saying(empty, { reason: 'FailedDeployModel', note: 'ValidationError', kind: 'Gateway', name: 'edge' }),
        ({ slices }) => {
          for (const group of slices.targetGroups) group.tags = { 'gateway.k8s.aws.nlb/stack': 'shop/edge' };
        },
      ),
      targets: [],
      confidence: 'probable',
      saw: 'event FailedDeployModel (5 times): ValidationError',
    },
    {
      name: 'a Gateway whose health check is refused, which no annotation of a Service decides',
      facts: given(
        saying(empty, {
          reason: 'FailedDeployModel',
          note: 'invalid health check path',
          kind: 'Gateway',
          name: 'edge',
        }),
        ({ slices, owners }) => {
          for (const group of slices.targetGroups) group.tags = { 'gateway.k8s.aws.nlb/stack': 'shop/edge' };
          for (const owner of owners) owner.controller = 'aws-load-balancer-controller-gateway';
        },
      ),
      targets: [],
      confidence: 'probable',
      saw: 'event FailedDeployModel (5 times): invalid health check path',
    },
    {
      name: 'a rule that the binding waits for',
      facts: saying(lackingRule, {
        reason: 'FailedReconcile',
        note: 'Failed reconcile due to RequestError: send request failed',
        kind: 'TargetGroupBinding',
        name: 'k8s-shop-web-0123456789',
      }),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'probable',
      saw: 'has no rule for TCP 8080',
    },
    {
      name: 'healthy targets, as a risk',
      facts: saying(ip, malformed),
      targets: [],
      confidence: 'probable',
      saw: 'FailedBuildModel',
    },
  ],
  ruledOut: [
    {
      name: 'an annotation that can be read',
      facts: given(stuck, ({ slices: { services } }) => {
        for (const { metadata } of services) metadata.annotations[attributes] = 'preserve_client_ip.enabled=true';
      }),
    },
    { name: 'failing pods behind a target group that is as asked', facts: saying(failing, malformed) },
    {
      name: 'instance targets in a cluster of Fargate alone, which has none to register',
      facts: given(
        saying(sampleFacts, { reason: 'FailedDeployModel', note: 'ValidationError: Targets must be specified' }),
        ({ slices }) => {
          slices.targetHealth = [];
          for (const { metadata } of slices.nodes) metadata.labels['eks.amazonaws.com/compute-type'] = 'fargate';
        },
      ),
    },
    {
      name: 'an error that was followed by a success',
      facts: saying(saying(stale, { ...malformed, lastSeen: '2026-11-20T11:40:00Z' }), {
        reason: 'SuccessfullyReconciled',
        note: 'Successfully reconciled',
      }),
    },
    {
      name: 'an error of another Service',
      facts: saying(stale, { ...malformed, name: 'other' }),
    },
    {
      name: 'an error of a Gateway that has nothing to do with the target group',
      facts: saying(stale, { ...malformed, kind: 'Gateway', name: 'edge' }),
    },
    ...[
      'operation error EC2: api error UnauthorizedOperation',
      'api error Throttling: Rate exceeded',
      'Internal error occurred: failed calling webhook "mtargetgroupbinding.elbv2.k8s.aws"',
      'subnet with Name tag not found: private-d',
      'expected exactly one securityGroup tagged with kubernetes.io/cluster/shop for eni eni-1',
      'unable to support instance target type with an unallocated NodePort',
      'unsupported health check protocol grpc',
    ].map((note) => ({
      name: `an error that has a check of its own: ${note}`,
      facts: saying(stale, { reason: 'FailedDeployModel', note }),
    })),
    { name: 'a rule that the controller writes for the binding all the same', facts: saying(lackingRule, malformed) },
    { name: 'no event at all', facts: stale },
  ],
});
