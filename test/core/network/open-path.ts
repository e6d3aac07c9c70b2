import type { Facts } from '../../../core/model/facts.ts';
import type { Workload } from '../../../core/model/kubernetes.ts';
import { metadata, probe, probePod, rule, sampleFacts } from '../sample-facts.ts';

const prober = 'sg-0000000000000000c';
const nodes = 'sg-0000000000000000a';

/** The sample, with rules that let the prober reach every target and the nodes each other. */
export function openFacts(options: Parameters<typeof sampleFacts>[0] = {}): Facts {
  const facts = sampleFacts(options);
  const everything = { fromPort: -1, toPort: -1, protocol: '-1' };
  const [first] = facts.slices.securityGroups;
  if (first === undefined) throw new Error('the sample has no security group');
  for (const group of facts.slices.securityGroups) {
    if (group.id !== nodes) continue;
    group.rules.push(
      rule({ ...everything, egress: true, cidrIpv4: '0.0.0.0/0' }),
      rule({ ...everything, referencedGroupId: nodes }),
      rule({ ...everything, referencedGroupId: prober }),
    );
  }
  facts.slices.securityGroups.push({
    ...first,
    id: prober,
    name: 'prober',
    rules: [rule({ ...everything, egress: true, cidrIpv4: '0.0.0.0/0' })],
  });
  if (facts.vantage.kind === 'vpc') facts.vantage.securityGroupIds = [prober];
  return facts;
}

/** The targets answer nothing, and the pods behind them answer. */
export function silence(facts: Facts, only?: string): void {
  probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' }, only === undefined ? {} : { only });
  for (const { status } of facts.slices.pods) probePod(facts, status.podIPs[0] ?? '', 8080, { kind: 'open' });
}

/** No rule admits the prober any more. */
export function shutOut(facts: Facts): void {
  const group = nodeGroup(facts);
  group.rules = group.rules.filter(({ referencedGroupId }) => referencedGroupId !== prober);
}

/** A DaemonSet of kube-system whose containers have these variables. */
export const daemonSet = (name: string, env: Record<string, string>, args: string[] = []): Workload => ({
  kind: 'DaemonSet',
  metadata: metadata(name, 'kube-system'),
  spec: {
    replicas: 3,
    template: {
      labels: {},
      containers: [
        {
          name,
          image: name,
          command: [],
          args: [],
          env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
          ports: [],
        },
        ...(args.length === 0
          ? []
          : [{ name: 'aws-eks-nodeagent', image: 'agent', command: [], args, env: [], ports: [] }]),
      ],
    },
  },
  status: { replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3, conditions: [] },
});

/** The security group of the nodes. */
export const nodeGroup = (facts: Facts) => {
  const found = facts.slices.securityGroups.find(({ id }) => id === nodes);
  if (found === undefined) throw new Error('the sample has no security group of the nodes');
  return found;
};
