import { queryProtocol } from '../aws/query-protocol.ts';
import { answerBy, type Service } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { describeListeners, describeLoadBalancerAttributes, describeLoadBalancers } from './load-balancers.ts';
import { describeTags } from './tags.ts';
import { describeTargetGroupAttributes, describeTargetGroups, describeTargetHealth } from './target-groups.ts';
import {
  addTags,
  createListener,
  deleteListener,
  modifyListener,
  modifyLoadBalancerAttributes,
  removeTags,
  setSecurityGroups,
  setSubnets,
} from './write-load-balancers.ts';
import {
  deregisterTargets,
  modifyTargetGroup,
  modifyTargetGroupAttributes,
  registerTargets,
} from './write-target-groups.ts';

const protocol = queryProtocol('http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/');

/** Elastic Load Balancing, version 2015-12-01: load balancers and target groups. */
export const loadBalancing: Service = {
  protocol,
  denied: (sentence) => new ServiceError('AccessDenied', sentence, 403),
  // The code as controllers log it: kubernetes-sigs/aws-load-balancer-controller issue 1871.
  throttled: () => new ServiceError('Throttling', 'Rate exceeded'),
  answer: answerBy(protocol, {
    DescribeAccountLimits: describeAccountLimits,
    DescribeListeners: describeListeners,
    DescribeLoadBalancerAttributes: describeLoadBalancerAttributes,
    DescribeLoadBalancers: describeLoadBalancers,
    DescribeTags: describeTags,
    DescribeTargetGroupAttributes: describeTargetGroupAttributes,
    DescribeTargetGroups: describeTargetGroups,
    DescribeTargetHealth: describeTargetHealth,
  }),
  writes: {
    AddTags: addTags,
    CreateListener: createListener,
    DeleteListener: deleteListener,
    DeregisterTargets: deregisterTargets,
    ModifyListener: modifyListener,
    ModifyLoadBalancerAttributes: modifyLoadBalancerAttributes,
    ModifyTargetGroup: modifyTargetGroup,
    ModifyTargetGroupAttributes: modifyTargetGroupAttributes,
    RegisterTargets: registerTargets,
    RemoveTags: removeTags,
    SetSecurityGroups: setSecurityGroups,
    SetSubnets: setSubnets,
  },
};

/** Default quotas of Network Load Balancers (Elastic Load Balancing user guide, quotas). */
function describeAccountLimits(): object {
  const limits = {
    'network-load-balancers': '50',
    'target-groups': '3000',
    'targets-per-network-load-balancer': '3000',
    'targets-per-availability-zone-per-network-load-balancer': '500',
    'listeners-per-network-load-balancer': '50',
  };
  return { Limits: Object.entries(limits).map(([Name, Max]) => ({ Name, Max })) };
}
