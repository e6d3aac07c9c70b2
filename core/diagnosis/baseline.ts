import { isPodReady, isServing } from '../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../kubernetes/service.ts';
import type { NetworkInterface, SecurityGroupRule } from '../model/aws.ts';
import type { Difference } from '../model/diagnosis.ts';
import type { Facts } from '../model/facts.ts';
import type { Container, ContainerProbe } from '../model/kubernetes.ts';
import { groupsOf, type TargetGroupContext } from '../model/target-group-context.ts';
import { formatHealthCheck } from '../probes/health-check.ts';

/** How a target group and what is behind it are set up: what people change, by name, in short texts. */
export type Baseline = Record<string, string>;

/** The setup of every target group of these Facts, by ARN. What could not be read is left out. */
export function baselinesOf(facts: Facts): Map<string, Baseline> {
  const behind = securityGroupsByTarget(facts.slices.networkInterfaces);
  return new Map(groupsOf(facts).map((group) => [group.targetGroup.arn, setupOf(group, facts, behind)]));
}

/** Settings that both know and that differ, and those that came or went within what both could read. */
export function differences(before: Baseline, now: Baseline): Difference[] {
  const readBoth = new Set(kindsOf(before).filter((kind) => kindsOf(now).includes(kind)));
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((what) => before[what] !== now[what] && readBoth.has(kindOf(what)))
    .toSorted()
    .map((what) => ({ what, before: before[what] ?? null, now: now[what] ?? null }));
}

/** Whether rules of this security group let packets through to the targets, or to the load balancer, of a target group with this setup. */
export const bearsSecurityGroup = (baseline: Baseline, id: string): boolean =>
  Object.keys(baseline).some((what) => what.startsWith(rulesOf(id)));

const rulesOf = (securityGroupId: string): string => `security-group rule of ${securityGroupId}: `;

/** The first word says what a setting belongs to; a kind of which nothing is known was not read. */
const kindOf = (what: string): string => what.split(' ', 1)[0] ?? what;
const kindsOf = (setup: Baseline): string[] => Object.keys(setup).map(kindOf);

function setupOf(group: TargetGroupContext, { slices }: Facts, behind: Map<string, string[]>): Baseline {
  const { targetGroup, loadBalancer, listeners } = group;
  const service = serviceOf(group, slices.services);
  const pods = service === undefined ? [] : podsOf(service, slices.pods).filter(isServing);
  const containers = new Map(pods.flatMap(({ spec }) => spec.containers.map((each) => [each.name, each])));
  const groupIds = new Set([
    ...(loadBalancer?.securityGroups ?? []),
    ...group.targets.flatMap(({ id }) => behind.get(id) ?? []),
  ]);
  return {
    'target-group health check': formatHealthCheck(targetGroup),
    'target-group protocol and port': `${targetGroup.protocol} ${targetGroup.port}`,
    // The listeners of a healthy group are not read.
    ...(listeners.length > 0 && {
      'listener ports': listeners
        .map(({ protocol, port }) => `${protocol} ${port}`)
        .toSorted()
        .join(', '),
    }),
    ...(service && {
      'service ports': service.spec.ports
        .map(({ port, targetPort, nodePort }) => `${port} → ${targetPort}${nodePort ? ` (node port ${nodePort})` : ''}`)
        .join(', '),
      'service selector': formatLabels(service.spec.selector),
      'service externalTrafficPolicy': service.spec.externalTrafficPolicy ?? 'Cluster',
      ...named('service annotation', settingAnnotations(service.metadata.annotations)),
    }),
    ...(pods.length > 0 && {
      'pods ready': `${pods.filter(isPodReady).length} of ${pods.length}`,
      ...named(
        'pods image of',
        mapValues(containers, ({ image }) => image),
      ),
      ...named(
        'pods readiness probe of',
        mapValues(containers, (each) => formatProbe(each.readinessProbe)),
      ),
      ...named('pods ports of', mapValues(containers, formatPorts)),
    }),
    ...Object.fromEntries(
      slices.securityGroups
        .filter(({ id }) => groupIds.has(id))
        .flatMap(({ id, rules }) => rules.map((rule) => `${rulesOf(id)}${formatRule(rule)}`))
        .toSorted()
        .slice(0, mostRules)
        .map((rule) => [rule, 'present']),
    ),
  };
}

const mostRules = 200;

/** Ids of security groups by what a target is registered by: an instance or an address. */
function securityGroupsByTarget(interfaces: NetworkInterface[]): Map<string, string[]> {
  const byTarget = new Map<string, string[]>();
  for (const { instanceId, privateIps, ipv6Addresses, securityGroups } of interfaces) {
    for (const id of [...(instanceId === undefined ? [] : [instanceId]), ...privateIps, ...ipv6Addresses]) {
      byTarget.set(id, [...(byTarget.get(id) ?? []), ...securityGroups]);
    }
  }
  return byTarget;
}

function formatRule(rule: SecurityGroupRule): string {
  const { egress, protocol, fromPort, toPort } = rule;
  const peer = rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? rule.referencedGroupId ?? 'anywhere';
  const ports = fromPort === -1 ? '' : ` ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
  return `${protocol === '-1' ? 'all' : protocol}${ports} ${egress ? 'to' : 'from'} ${peer}`;
}

const formatLabels = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join(', ');

/** Annotations that kubectl and rollouts write by themselves say nothing about the setup. */
const settingAnnotations = (annotations: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(annotations).filter(([name]) => !name.startsWith('kubectl.kubernetes.io/')));

const formatProbe = (probe: ContainerProbe | undefined): string =>
  probe === undefined ? 'none' : JSON.stringify(probe);

const formatPorts = ({ ports }: Container): string =>
  ports.map(({ containerPort }) => containerPort).join(', ') || 'none';

const mapValues = <Value>(map: Map<string, Value>, say: (value: Value) => string): Record<string, string> =>
  Object.fromEntries([...map].map(([name, value]) => [name, say(value)]));

/** Characters of one setting; where it is longer its end tells the difference no more. */
const longest = 300;

const named = (prefix: string, settings: Record<string, string>): Baseline =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      `${prefix} ${name}`,
      value.length <= longest ? value : `${value.slice(0, longest)}… (${value.length} characters, ${checksum(value)})`,
    ]),
  );

/** 32 bits of FNV-1a, enough to see that a long text is another one. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
