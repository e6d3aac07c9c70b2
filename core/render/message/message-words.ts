import { formatAlike, kindsOf } from '../../diagnosis/diagnoses.ts';
import { type Diagnosis, hasRecovered } from '../../model/diagnosis.ts';
import { parseKey } from '../../model/fingerprint.ts';
import type { Fix } from '../../model/fix.ts';
import { worstOf } from '../../model/severity.ts';
import { compareText } from '../../model/target-group-context.ts';
import { nameInArn } from '../../network/arn.ts';
import type { Message, NotificationKind } from '../../notification/message.ts';
import { formatChanges } from '../changes-words.ts';
import { formatDifference } from '../difference-words.ts';
import { formatMeasured } from '../measured-words.ts';

/** The parts of a message in words, for every medium alike; nothing is escaped yet. */
export interface MessageWords {
  state: string;
  title: string;
  /** The one place in a few words, or how many there are. */
  subject: string;
  /** `namespace/service in cluster`, or the VPC-wide place where no cluster owns the target group. */
  place: string;
  /** One line for each target group: load balancer, target group, how many targets are healthy. */
  groups: string[];
  cause: string;
  evidence: string[];
  /** What could not be read, so that the cause may not be the first. */
  unknown: string[];
  fix: Fix[];
  /** Whose fix it is, where the cause hits several Services; otherwise `null`. */
  fixOf: string | null;
  /** Evidence of the first sight that is gone since. */
  firstEvidence: string[];
  /** What is set up in another way than when the targets were last healthy. */
  changed: string[];
  /** Who is keeping it quiet, where it has recovered, when it was there before. */
  notes: string[];
  severity: Diagnosis['severity'];
  account: string;
  region: string;
}

const states: Record<NotificationKind, string> = {
  opened: 'Unhealthy',
  changed: 'Changed',
  flapping: 'Flapping',
  resolved: 'Resolved',
  reminder: 'Still unhealthy',
  summary: 'Summary',
};

const mostEvidence = 5;
const mostGroups = 5;

/** Puts a message into words; `null` for a message without any diagnosis. */
export function messageWords(message: Message): MessageWords | null {
  const [first] = message.diagnoses;
  if (first === undefined) return null;
  const { diagnoses, omitted, transition } = message;
  const { account, region } = parseKey(message.fingerprint);
  const groups = [...new Set(diagnoses.map(transition === 'resolved' ? groupName : group))];
  const evidence = [
    ...new Set([...measuredIn(diagnoses), ...diagnoses.flatMap(({ evidence: seen }) => sentencesOf(seen))]),
  ];
  const unknown = [...new Set(diagnoses.flatMap((diagnosis) => diagnosis.unknown.map(ignorance)))];
  return {
    state: transition === 'opened' && diagnoses.every(hasRecovered) ? 'Was unhealthy' : states[transition],
    title: first.title,
    subject: subject(message, first),
    place: places(message, first),
    groups: clip(groups, mostGroups, omitted.diagnoses),
    cause: cause(diagnoses, first),
    evidence: clip(evidence, mostEvidence, omitted.evidence),
    unknown: clip(unknown, mostEvidence, omitted.unknown),
    fix: first.fix,
    fixOf: hitsSeveral(message) ? serviceOf(first) : null,
    firstEvidence: clip([...new Set(sentencesOf(message.firstEvidence ?? []))], mostEvidence, 0),
    changed: [...changesIn(diagnoses), ...clip(changedSince(message), mostEvidence, omitted.changedSinceHealthy)],
    notes: notes(message),
    severity: worstOf(diagnoses),
    account,
    region,
  };
}

/** What CloudWatch counted; of several target groups the earliest beginning stands for all. */
function measuredIn(diagnoses: Diagnosis[]): string[] {
  const all = diagnoses.flatMap(({ measured }) => measured ?? []);
  const [earliest, ...others] = all.toSorted((a, b) => compareText(a.since ?? '~', b.since ?? '~'));
  if (earliest === undefined) return [];
  return [...formatMeasured(earliest), ...others.flatMap(({ notes }) => notes)];
}

/** Changes that a message has room for; a report has all. */
const mostChanges = 3;

/** What changed around the start; of several target groups with one cause, what the first one knows that a change fits. */
function changesIn(diagnoses: Diagnosis[]): string[] {
  const all = diagnoses.flatMap(({ changes }) => changes ?? []);
  const known = all.find(({ entries }) => entries.some(({ fits }) => fits)) ?? all[0];
  return known === undefined ? [] : formatChanges(known, mostChanges);
}

const changedSince = ({ diagnoses }: Message): string[] => [
  ...new Set(diagnoses.flatMap(({ changedSinceHealthy = [] }) => changedSinceHealthy.map(formatDifference))),
];

const place = ({ cluster, namespace, service }: Diagnosis): string =>
  cluster === null ? 'owned by no cluster' : `${namespace}/${service} in cluster ${cluster}`;

/** `orders/checkout in shop`, or `7 Services in shop`. */
function subject(message: Message, first: Diagnosis): string {
  const where = first.cluster === null ? '' : ` in ${first.cluster}`;
  const { services } = message;
  if (services === undefined || !hitsSeveral(message)) return `${serviceOf(first)}${where}`;
  const count = services.names.length + services.more;
  return `${count} ${first.cluster === null ? 'target groups' : 'Services'}${where}`;
}

const mostServices = 10;

const hitsSeveral = ({ services }: Message): boolean => services !== undefined && services.names.length > 1;

/** The one Service, or all that share the cause. */
function places(message: Message, first: Diagnosis): string {
  const { services } = message;
  if (services === undefined || !hitsSeveral(message)) return place(first);
  const { names, more } = services;
  const where = first.cluster === null ? 'owned by no cluster' : `in cluster ${first.cluster}`;
  const listed = clip(names, mostServices, more).join(', ');
  return `${names.length + more} ${first.cluster === null ? 'target groups' : 'Services'} ${where}: ${listed}`;
}

const serviceOf = ({ namespace, service, targetGroupArn }: Diagnosis): string =>
  service === null ? nameInArn(targetGroupArn) : `${namespace}/${service}`;

function notes({ recovered = [], muted = [], past = [] }: Message): string[] {
  const last = past.at(-1);
  return [
    ...(recovered.length === 0 ? [] : [`Recovered: ${clip(recovered, mostServices, 0).join(', ')}`]),
    ...clip(
      muted.map(({ service, owner, reason, until }) => `${service} is muted by ${owner} until ${until}: ${reason}`),
      mostEvidence,
      0,
    ),
    ...(last === undefined ? [] : [`It was there before, the last time from ${last.openedAt} to ${last.resolvedAt}`]),
  ];
}

function groupName({ loadBalancerArn, targetGroupArn }: Diagnosis): string {
  const balancer = loadBalancerArn === null ? 'no load balancer' : nameInArn(loadBalancerArn);
  return `${balancer} / ${nameInArn(targetGroupArn)}`;
}

/** How many are healthy as it was last seen, which is over where the cause is. */
function group(diagnosis: Diagnosis): string {
  const { healthy, total } = diagnosis.groupHealth;
  const health = total === 0 ? 'no targets' : `${healthy} of ${total} ${total === 1 ? 'target' : 'targets'} healthy`;
  return `${groupName(diagnosis)}: ${health}`;
}

function cause(diagnoses: Diagnosis[], first: Diagnosis): string {
  if (first.cause === null) return 'unexplained';
  const others = [...new Set(diagnoses.flatMap(({ coCauses }) => coCauses))].toSorted(compareText);
  const also = others.length === 0 ? '' : `; fix these too: ${others.join(', ')}`;
  return `${first.cause} (${first.confidence})${also}`;
}

const sentencesOf = (evidence: Diagnosis['evidence']): string[] =>
  kindsOf(evidence).map(({ first, more }) => {
    const { target, saw, expected } = first;
    return `${target === null || saw.includes(target) ? '' : `${target}: `}${saw}${formatAlike(more)}; expected ${expected}`;
  });

const ignorance = ({ check, reason, remedy }: Diagnosis['unknown'][number]): string =>
  `${check}: ${reason}${remedy === '' ? '' : `. ${remedy}`}`;

/** The first lines, and one that says how many more there are. */
function clip(lines: string[], most: number, omitted: number): string[] {
  const more = Math.max(0, lines.length - most) + omitted;
  return [...lines.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])];
}
