/** Calls of EC2 and Elastic Load Balancing after which targets may fail, by service, as CloudTrail names them. */
export const changingCalls = {
  'ec2.amazonaws.com': [
    'AuthorizeSecurityGroupEgress',
    'AuthorizeSecurityGroupIngress',
    'ModifySecurityGroupRules',
    'RevokeSecurityGroupEgress',
    'RevokeSecurityGroupIngress',
  ],
  'elasticloadbalancing.amazonaws.com': [
    'DeleteListener',
    'DeregisterTargets',
    'ModifyListener',
    'ModifyLoadBalancerAttributes',
    'ModifyTargetGroup',
    'ModifyTargetGroupAttributes',
    'SetSecurityGroups',
    'SetSubnets',
  ],
} as const;
