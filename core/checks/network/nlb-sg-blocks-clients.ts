import { servesBothProtocols } from '../../controllers/both-protocols.ts';
import { closedListeners, listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';

export const nlbSgBlocksClients = check({
  id: 'nlb-sg-blocks-clients',
  kind: 'clients',
  beforeTargets: true,
  stage: 'network',
  severity: 'critical',
  ownerless: true,
  title: 'No security group of the load balancer admits clients to the listener',
  symptom: 'Every target is healthy, and every client times out while it connects.',
  why: `Inbound rules of the load balancer's own security groups decide which clients get to a listener; health checks start behind them.
A rule that was removed, or a listener port that was added by hand, leaves the listener shut while all targets stay healthy.`,
  proof: `A listener forwards to the target group, the load balancer has security groups, and no inbound rule of any of them covers the
listener's protocol and port, from whatever source; rules for IPv6 alone admit no one to a load balancer of IPv4.`,
  nearMisses: [
    'A rule for a narrow range or another security group admits somebody: who may connect is not judged.',
    'The rules of an internet-facing load balancer admit private addresses alone: no one on the Internet, perhaps by intent, at risk.',
    'A load balancer without security groups admits everybody.',
    'Where rules are not enforced on PrivateLink traffic, consumers of an endpoint service get in without any.',
    'A listener that sends this target group no traffic (weight 0) is not judged.',
    'Of a listener for TCP and UDP one protocol is closed: sure where the Service has a port of each, else whether anybody uses it is not known.',
  ],
  decidedBy: 'the inbound rules of the load balancer’s security groups for every protocol of the listener',
  fix: [
    {
      text: 'Where the AWS Load Balancer Controller owns the Service, let it manage the rules: remove the annotation that names security groups, or add the rule of the next step to the groups that it names.',
      look: { kubectl: 'get service {service} --output yaml', in: '{namespace}' },
    },
    {
      text: 'Admit the clients: add a rule for {protocol} port {port} to the inbound rules of {securityGroup}, with the range from which they come as its source.',
      look: { aws: 'ec2 describe-security-group-rules', options: '--filters Name=group-id,Values={securityGroup}' },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html'],
  masks: [],
  needs: ['loadBalancers', 'listeners', 'securityGroups'],
  optional: ['services', 'prefixLists', 'vpcs', 'endpointServices'],
  applies: ({ loadBalancer }) => loadBalancer !== undefined && loadBalancer.securityGroups.length > 0,

  run(group, { services, ...around }) {
    const isBoth = servesBothProtocols(group, services);
    const all = closedListeners(group, around);
    const someClients = all !== undefined && all.length < listenersInUse(group).length;
    return all?.map(({ listener, closed, isPartly, only }) => {
      const ids = group.loadBalancer?.securityGroups ?? [];
      const what = `${closed.map((protocol) => protocol.toUpperCase()).join(' and ')} ${listener.port}`;
      return {
        saw: `${ids.join(', ')}: ${rulesBy(only, what)}; the ${listener.protocol} listener on ${listener.port} forwards to ${group.targetGroup.name}`,
        expected: `an inbound rule for ${what} from the clients`,
        confidence: (isPartly && !isBoth) || only !== undefined ? ('probable' as const) : ('confirmed' as const),
        ...(isPartly && { clientsOf: closed[0] === 'udp' ? ('UDP' as const) : ('TCP' as const) }),
        ...(someClients && { someClients }),
        values: { securityGroup: ids[0] ?? '', protocol: closed[0] ?? 'tcp', port: listener.port },
      };
    });
  },
});

/** The rules that there are, where they admit no client. */
const rulesBy = (only: string[] | undefined, what: string): string =>
  only === undefined
    ? `no inbound rule for ${what}, from whatever source`
    : `inbound rules for ${what} admit ${[...new Set(only)].join(', ')} alone, and clients come from the Internet`;
