import { nameInArn } from '../arn.ts';
import type { Transition } from '../change.ts';
import { severities } from '../check.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { compareText } from '../group.ts';
import type { Message } from '../message.ts';

/** The parts of a message in words, for every medium alike; nothing is escaped yet. */
export interface MessageWords {
  state: string;
  title: string;
  /** `namespace/service in cluster`, or the VPC-wide place where no cluster owns the target group. */
  place: string;
  /** One line for each target group: load balancer, target group, how many targets are healthy. */
  groups: string[];
  cause: string;
  evidence: string[];
  /** What could not be read, so that the cause may not be the first. */
  unknown: string[];
  fix: { text: string; command?: string; danger?: string; verify?: string }[];
  severity: Diagnosis['severity'];
  account: string;
  region: string;
}

const states: Record<Transition, string> = {
  opened: 'Unhealthy',
  changed: 'Changed',
  flapping: 'Flapping',
  resolved: 'Resolved',
  expired: 'No longer watched',
};

const mostEvidence = 5;
const mostGroups = 5;

/** Puts a message into words; `null` for a message without any diagnosis. */
export function messageWords(message: Message): MessageWords | null {
  const [first] = message.diagnoses;
  if (first === undefined) return null;
  const { diagnoses, omitted, transition } = message;
  const [account = '', region = ''] = message.fingerprint.split('/');
  const groups = [...new Set(diagnoses.map(group))];
  const evidence = [...new Set(diagnoses.flatMap((diagnosis) => diagnosis.evidence.map(sentence)))];
  const unknown = [...new Set(diagnoses.flatMap((diagnosis) => diagnosis.unknown.map(ignorance)))];
  return {
    state: states[transition],
    title: first.title,
    place: place(first),
    groups: clip(groups, mostGroups, omitted.diagnoses),
    cause: cause(diagnoses, first),
    evidence: clip(evidence, mostEvidence, omitted.evidence),
    unknown: clip(unknown, mostEvidence, omitted.unknown),
    fix: first.fix,
    severity: worst(diagnoses, first),
    account,
    region,
  };
}

const place = ({ cluster, namespace, service }: Diagnosis): string =>
  cluster === null ? 'owned by no cluster' : `${namespace}/${service} in cluster ${cluster}`;

function group({ loadBalancerArn, targetGroupArn, groupHealth }: Diagnosis): string {
  const balancer = loadBalancerArn === null ? 'no load balancer' : nameInArn(loadBalancerArn);
  const { healthy, total } = groupHealth;
  const health = total === 0 ? 'no targets' : `${healthy} of ${total} ${total === 1 ? 'target' : 'targets'} healthy`;
  return `${balancer} / ${nameInArn(targetGroupArn)}: ${health}`;
}

function cause(diagnoses: Diagnosis[], first: Diagnosis): string {
  if (first.cause === null) return 'unexplained';
  const others = [...new Set(diagnoses.flatMap(({ coCauses }) => coCauses))].toSorted(compareText);
  const also = others.length === 0 ? '' : `; mend these too: ${others.join(', ')}`;
  return `${first.cause} (${first.confidence})${also}`;
}

const sentence = ({ target, saw, expected }: Diagnosis['evidence'][number]): string =>
  `${target === null ? '' : `${target}: `}${saw}; expected ${expected}`;

const ignorance = ({ check, reason, remedy }: Diagnosis['unknown'][number]): string =>
  `${check}: ${reason}${remedy === '' ? '' : `. ${remedy}`}`;

const worst = (diagnoses: Diagnosis[], first: Diagnosis): Diagnosis['severity'] =>
  severities.find((severity) => diagnoses.some((diagnosis) => diagnosis.severity === severity)) ?? first.severity;

/** The first lines, and one that says how many more there are. */
function clip(lines: string[], most: number, omitted: number): string[] {
  const more = Math.max(0, lines.length - most) + omitted;
  return [...lines.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])];
}
