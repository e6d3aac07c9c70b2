import type { QueryCall } from './load-balancing-gaps.ts';

/**
 * Which target group each listener forwards to, as the calls say. moto gives a group its load balancer when a listener is made
 * and never again, so that it has no load balancer for a group that a listener was changed to, and the old one for the group
 * that it was changed from.
 */
export interface Forwards {
  /** Learns from a call that moto has carried out. */
  note(call: QueryCall, answer: string): void;
  /** The call for the groups of a load balancer as one for their ARNs; `undefined` where it has none. */
  byGroup(call: QueryCall): QueryCall | undefined;
  /** The answer with the load balancers of each group. */
  withLoadBalancers(answer: string): string;
}

export function noForwards(): Forwards {
  const listeners = new Map<string, { balancer: string; groups: string[] }>();
  return {
    note({ action, parameters }, answer) {
      const listener = parameters.get('ListenerArn') ?? /<ListenerArn>([^<]*)</.exec(answer)?.[1] ?? '';
      const groups = [...parameters].flatMap(([name, value]) => (isForwardedTo.test(name) ? [value] : []));
      const balancer = parameters.get('LoadBalancerArn') ?? listeners.get(listener)?.balancer ?? '';
      if ((action === 'CreateListener' || action === 'ModifyListener') && groups.length > 0 && listener !== '')
        listeners.set(listener, { balancer, groups });
      if (action === 'DeleteListener') listeners.delete(listener);
      if (action !== 'DeleteLoadBalancer') return;
      for (const [arn, forward] of listeners) if (forward.balancer === balancer) listeners.delete(arn);
    },
    byGroup(call) {
      const balancer = call.parameters.get('LoadBalancerArn');
      if (call.action !== 'DescribeTargetGroups' || balancer === null) return call;
      const own = [...listeners.values()]
        .filter((forward) => forward.balancer === balancer)
        .flatMap(({ groups }) => groups);
      if (own.length === 0) return undefined;
      const parameters = new URLSearchParams(call.parameters);
      parameters.delete('LoadBalancerArn');
      for (const [index, arn] of [...new Set(own)].entries())
        parameters.set(`TargetGroupArns.member.${index + 1}`, arn);
      return { ...call, parameters };
    },
    withLoadBalancers: (answer) =>
      answer
        .replace(/<LoadBalancerArns>.*?<\/LoadBalancerArns>|<LoadBalancerArns\/>/gs, '')
        .replace(/<TargetGroupArn>([^<]*)<\/TargetGroupArn>/g, (own, arn) => {
          const balancers = [...listeners.values()]
            .filter(({ groups }) => groups.includes(arn))
            .map(({ balancer }) => balancer);
          const members = [...new Set(balancers)].map((balancer) => `<member>${balancer}</member>`).join('');
          return `${own}<LoadBalancerArns>${members}</LoadBalancerArns>`;
        }),
  };
}

/** The target group of an action, said directly or with its weight. */
const isForwardedTo = /^DefaultActions\.member\.\d+\.(ForwardConfig\.TargetGroups\.member\.\d+\.)?TargetGroupArn$/;
