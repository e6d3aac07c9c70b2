import { check } from '../../diagnosis/check.ts';
import { recentMinutes, seriesOfBalancer, sumOf } from '../../history/measured.ts';

export const snatPortsExhausted = check({
  id: 'snat-ports-exhausted',
  kind: 'clients',
  ownerless: true,
  stage: 'network',
  someClients: true,
  severity: 'high',
  title: 'The load balancer has no source port left for connections to the targets and drops clients',
  symptom: 'Under load some connections of clients fail, while every target is healthy.',
  why: `Without preservation of client addresses, and for clients of an endpoint service (PrivateLink) always, the load balancer opens each
connection to a target from one of its addresses. To one target that is 55,000 connections at the same time, or about as many in a minute; those beyond are dropped. Few targets, or many short
connections, use the ports up.`,
  proof: `CloudWatch counts port allocation errors of the load balancer (\`PortAllocationErrorCount\`) in the last 15 minutes. It is confirmed where the load balancer forwards to no other target group.`,
  nearMisses: [
    'Where client addresses are preserved, only clients of PrivateLink can meet it.',
    'Errors that are older than 15 minutes are over.',
  ],
  decidedBy:
    'PortAllocationErrorCount in CloudWatch, and which of the target groups has the most connections per target',
  fix: [
    {
      text: 'Add targets: each one adds 55,000 connections.',
      look: {
        kubectl: 'get endpointslices --selector kubernetes.io/service-name={service}',
        in: '{namespace}',
      },
    },
    {
      text: 'If there can be no more targets, give the nodes of the load balancer more addresses.',
      change: {
        aws: 'elbv2 modify-load-balancer-attributes',
        options: {
          'load-balancer-arn': '{loadBalancer}',
          attributes: 'Key=secondary_ips.auto_assigned.per_subnet,Value=1',
        },
      },
      disturbs: { nothing: 'connections go on, and each node gets one more address.' },
      undo: 'The number of addresses cannot be lowered again: only another load balancer has fewer.',
      danger: 'The number of addresses cannot be lowered again.',
    },
    { text: 'Let clients keep connections open and use them again.' },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html',
  ],
  masks: [],
  needs: ['metrics', 'listeners'],
  applies: ({ targetGroup, loadBalancer }) => loadBalancer !== undefined && targetGroup.targetType !== 'alb',

  run(group, { metrics, listeners }) {
    const { loadBalancer } = group;
    if (seriesOfBalancer(group, metrics, 'PortAllocationErrorCount').length === 0) return undefined;
    const errors = sumOf(group, metrics, 'PortAllocationErrorCount', recentMinutes);
    if (errors === 0 || group.listeners.length === 0) return [];
    const groups = new Set(
      listeners
        .filter(({ loadBalancerArn }) => loadBalancerArn === loadBalancer?.arn)
        .flatMap(({ forwards }) => forwards.map(({ targetGroupArn }) => targetGroupArn)),
    );
    const isPreserved = group.targetGroup.attributes['preserve_client_ip.enabled'] === 'true';
    const who = isPreserved ? ', of clients of PrivateLink, since the addresses of others are preserved' : '';
    const among = groups.size === 1 ? '' : `, which forwards to ${groups.size} target groups`;
    return [
      {
        saw: `${errors} port allocation errors in ${recentMinutes} minutes on the load balancer${among}${who}; ${group.targets.length} targets are registered`,
        expected: 'no port allocation error: fewer than 55,000 connections to each target at a time',
        confidence: groups.size === 1 ? ('confirmed' as const) : ('probable' as const),
      },
    ];
  },
});
