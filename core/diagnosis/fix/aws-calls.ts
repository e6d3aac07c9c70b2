import type { Disturbance } from '../../model/fix.ts';

/** What an operation of the AWS CLI disturbs, and how it is taken back. */
export interface AwsCall {
  /** Absent where it depends on the step, which then says it. */
  disturbs?: Disturbance;
  undo: string;
  /** The operation that takes it back with the same options. */
  inverse?: string;
}

const openingRule: AwsCall = {
  disturbs: 'Everything that has this security group is opened to the same source, on these ports alone.',
  undo: 'Revoke the same rule.',
};

/** The operations that change something, by their names in the AWS CLI (botocore, `data` of each service). */
export const awsCalls: Readonly<Record<string, AwsCall>> = {
  'ec2 authorize-security-group-ingress': {
    ...openingRule,
    inverse: 'ec2 revoke-security-group-ingress',
  },
  'ec2 authorize-security-group-egress': {
    disturbs: 'Everything that has this security group may send there, on these ports alone.',
    undo: 'Revoke the same rule.',
    inverse: 'ec2 revoke-security-group-egress',
  },
  'ec2 authorize-security-group-{direction}': {
    ...openingRule,
    inverse: 'ec2 revoke-security-group-{direction}',
  },
  'ec2 revoke-security-group-ingress': {
    undo: 'Authorize the same rule again: the description of its source is in the evidence.',
  },
  'ec2 create-tags': {
    disturbs: { nothing: 'a tag changes no traffic by itself.' },
    undo: 'Delete the tag, or give it its former value.',
  },
  'ec2 delete-tags': { undo: 'Create the tag again, with its former value.' },
  'ec2 create-network-acl-entry': {
    undo: 'Delete the entry.',
  },
  'ec2 start-instances': {
    disturbs: { nothing: 'the instance joins the cluster again.' },
    undo: 'Stop the instance.',
    inverse: 'ec2 stop-instances',
  },
  'ec2 terminate-instances': {
    disturbs: 'Every pod of the node ends.',
    undo: 'It cannot be taken back.',
  },
  'ec2 start-network-insights-analysis': {
    disturbs: { nothing: 'no packet is sent.' },
    undo: 'Delete the analysis and the path: delete-network-insights-analysis, delete-network-insights-path.',
  },
  'elbv2 add-tags': {
    disturbs: { nothing: 'a tag changes no traffic by itself.' },
    undo: 'Remove the tag, or give it its former value.',
  },
  'elbv2 create-listener': {
    disturbs: 'Clients can connect to that port at once.',
    undo: 'Delete the listener, by the ARN that the command prints.',
  },
  'elbv2 delete-listener': {
    disturbs: 'No client can connect to that port until it is made again.',
    undo: 'Create the listener again.',
  },
  'elbv2 modify-listener': {
    disturbs: 'New connections to this listener only.',
    undo: 'Set the former value of the listener.',
  },
  'elbv2 modify-target-group': {
    disturbs: { nothing: 'only the health check of this target group changes, connections stay.' },
    undo: 'Set the former values.',
  },
  'elbv2 modify-target-group-attributes': { undo: 'Set the attribute to its former value.' },
  'elbv2 modify-load-balancer-attributes': { undo: 'Set the attribute to its former value.' },
  'elbv2 register-targets': {
    disturbs: 'Clients reach the new targets once they are healthy.',
    undo: 'Deregister them.',
    inverse: 'elbv2 deregister-targets',
  },
  'elbv2 deregister-targets': {
    disturbs: 'Connections to this target end when its deregistration delay is over.',
    undo: 'Register the target again.',
    inverse: 'elbv2 register-targets',
  },
  'elbv2 set-security-groups': {
    disturbs: 'New connections through this load balancer only.',
    undo: 'Set the former security groups and enforcement.',
  },
  'elbv2 set-subnets': { undo: 'Set the former subnets.' },
  'eks update-addon': { undo: 'Update the add-on to its former version and configuration.' },
  'iam put-role-policy': {
    disturbs: { nothing: 'the role gets a permission more.' },
    undo: 'Delete the policy.',
  },
  'service-quotas request-service-quota-increase': {
    disturbs: { nothing: 'AWS decides about the request.' },
    undo: 'A higher quota does no harm; a request that is still open can be closed in its support case.',
  },
  'ssm send-command': { undo: 'Nothing to take back.' },
};
