import { isNodeReady } from '../kubernetes/node.ts';
import { nodeBehind } from '../kubernetes/node-behind.ts';
import { isPodReady, podsAt, podsOn, statusesOf } from '../kubernetes/pod.ts';
import { podsOf, serviceOf } from '../kubernetes/service.ts';
import type { Target } from '../model/aws.ts';
import type { Facts } from '../model/facts.ts';
import { indexFacts, isAmong } from '../model/indexed.ts';
import type { ProbePurpose, ProbeResult } from '../model/probe-result.ts';
import { groupsOf, type TargetGroupContext } from '../model/target-group-context.ts';
import { interfaceOf } from '../network/interfaces.ts';
import { isSuccess } from './health-check-match.ts';
import { probesOf } from './results.ts';

/** Failing targets of one group that nothing which was read tells apart. */
export interface TargetKind {
  /** Those that are probed, spread over their nodes. */
  probed: Target[];
  /** Those for which they speak, as long as all of them are answered alike. */
  others: Target[];
}

/** Failing targets of a group up to which each is probed, and about as many as are probed of more. */
const mostProbed = 20;

/** Targets that are probed of each kind: one alone cannot show that they differ. */
const fewestOfKind = 3;

/**
 * The failing targets of a group by kind: state, zone, ports, security groups, and condition of node and pod. Up to twenty are
 * all probed; of more a sample decides as well.
 */
export function kindsOfTargets(group: TargetGroupContext, facts: Facts): TargetKind[] {
  const { failing } = group;
  if (failing.length <= mostProbed) return [{ probed: failing, others: [] }];
  const nodeOf = (target: Target): string => nodeBehind(target, facts.slices)?.metadata.name ?? '';
  return [...Map.groupBy(failing, (target) => kindOf(target, group, facts)).values()].map((alike) => {
    const count = Math.max(fewestOfKind, Math.round((mostProbed * alike.length) / failing.length));
    if (alike.length <= count) return { probed: alike, others: [] };
    const byNode = [...Map.groupBy(alike, nodeOf).values()].flat();
    const chosen = new Set(
      Array.from({ length: count }, (_, index) => byNode[Math.floor((index * alike.length) / count)]),
    );
    return {
      probed: alike.filter((target) => chosen.has(target)),
      others: alike.filter((target) => !chosen.has(target)),
    };
  });
}

/** True where every target that was probed got the same answers; false where one has none. */
export function agrees({ probed }: TargetKind, group: TargetGroupContext, probes: ProbeResult[]): boolean {
  const answers = new Set(probed.map((target) => answersOf(target, group, probes)));
  return answers.size === 1 && !answers.has('');
}

/** The same Facts; in them a probe of each kind that agrees names the targets which it stands for. */
export function withAlikeTargets(facts: Facts): Facts {
  const indexed = indexFacts(facts);
  const { probes } = indexed.slices;
  const alike = new Map(
    groupsOf(indexed).flatMap((group) =>
      kindsOfTargets(group, indexed).flatMap((kind) => {
        const [first] = kind.probed;
        if (first === undefined || kind.others.length === 0 || !agrees(kind, group, probes)) return [];
        return [[keyOf(first.targetGroupArn, first.id, first.port), kind.others.map(({ id }) => id)] as const];
      }),
    ),
  );
  if (alike.size === 0) return facts;
  const marked = facts.slices.probes.map((probe) => {
    const targets = alike.get(keyOf(probe.targetGroupArn, probe.targetId, probe.targetPort));
    return targets === undefined || probe.purpose === 'pod' ? probe : { ...probe, alike: targets };
  });
  return { ...facts, slices: { ...facts.slices, probes: marked } };
}

const keyOf = (...parts: (string | number)[]): string => parts.join('\n');

function kindOf(target: Target, group: TargetGroupContext, facts: Facts): string {
  const { slices } = facts;
  const own = interfaceOf(target, group.targetGroup, slices.networkInterfaces);
  const node = nodeBehind(target, slices);
  const service = serviceOf(group, slices.services);
  const behind = service && podsOf(service, slices.pods);
  const local = behind === undefined || node === undefined ? [] : podsOn(node.metadata.name, slices.pods);
  return JSON.stringify([
    [target.state, target.reason, target.zone, target.port, target.healthCheckPort],
    [own?.subnetId, own?.securityGroups.toSorted()],
    [node === undefined, node && isNodeReady(node)],
    local.filter((pod) => behind !== undefined && isAmong(pod, behind)).some(isPodReady),
    podsAt(target.id, slices.pods).map((pod) => [
      pod.status.phase,
      isPodReady(pod),
      pod.metadata.deletionTimestamp !== undefined,
      statusesOf(pod).map(({ ready, state }) => [ready, Object.keys(state), state.waiting?.reason]),
    ]),
  ]);
}

/** The questions of the first wave; the others follow from their answers. */
const firstQuestions: ProbePurpose[] = [
  'health-check',
  'traffic-port',
  'kube-proxy',
  'kube-proxy-healthz',
  'readiness-path',
];

/** What came back to all of them, without what differs between equal servers; empty where the health check was not sent. */
function answersOf(target: Target, { targetGroup }: TargetGroupContext, probes: ProbeResult[]): string {
  if (probesOf(probes, target, 'health-check').length === 0) return '';
  const answers = firstQuestions.flatMap((purpose) =>
    probesOf(probes, target, purpose).map((probe) => {
      const { kind, phase, status, code, detail } = { ...noDetails, ...probe.outcome };
      return [purpose, kind, phase, status, code, detail, isSuccess(probe, targetGroup.healthCheck)].join(' ');
    }),
  );
  return [...new Set(answers)].join('\n');
}

const noDetails = { phase: '', status: '', code: '', detail: '' };
