import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { alarms } from '../../core/model/diagnosis.ts';
import type { GroupSummary, Report } from '../../core/model/report.ts';
import type { ServedState } from '../../core/model/served-state.ts';
import type { ClientTruth } from './clients.ts';
import type { Truth } from './oracle.ts';

/**
 * The kinds of target groups that are told apart: no fault touches it and no output may speak of it (`quiet`); clients are served although
 * something is wrong (`served`); they are not (`unserved`); they are not, and an expected state accounts for it (`excused`); no
 * listener sends any (`idle`).
 */
export const clientKinds = ['quiet', 'served', 'unserved', 'excused', 'idle'] as const;
export type ClientKind = (typeof clientKinds)[number];

/** What the report made of the clients of one target group. */
export interface ClientJudgement {
  world: string;
  group: string;
  kind: ClientKind;
  /**
   * `silent-outage`: clients are not served and the report does not alarm; `risk`: it says so as a risk, since nothing that an audit can
   * see proves it; `false-alarm`: it alarms and they are served.
   */
  outcome: 'right' | 'silent-outage' | 'risk' | 'false-alarm' | 'wrong' | 'unknown';
  said: string;
}

/** Compares who is served according to the report with who is in truth, for every target group of a world. */
export function judgeClients(
  world: string,
  { groups, diagnoses }: Report,
  { clients, truths }: { clients: ReadonlyMap<string, ClientTruth>; truths: Truth[] },
): ClientJudgement[] {
  return groups.flatMap((group) => {
    const truth = clients.get(group.targetGroupArn);
    if (truth === undefined) return [];
    const kind = kindOf(truth, truthAbout(group, truths));
    const here = diagnoses.filter(({ targetGroupArn }) => targetGroupArn === group.targetGroupArn);
    const isLoud = here.some(alarms);
    const said = group.served ?? 'unknown';
    const isHinted = here.some(({ verdict, cause }) => verdict === 'latent' && aboutClients.has(cause ?? ''));
    const outcome = outcomeOf(kind, said, { isLoud, isHinted });
    const aside = isLoud ? ', with an alarm' : isHinted ? ', with a risk for clients' : '';
    return [{ world, group: group.name, kind, outcome, said: `${said}${aside}` }];
  });
}

const truthAbout = ({ cluster, namespace, service }: GroupSummary, truths: Truth[]): Truth | undefined =>
  truths.find((truth) => truth.cluster === cluster && truth.namespace === namespace && truth.service === service);

/** Expected states in which the first target is on its way, or none is meant to be there (catalogue, part H: window, rollout, empty). */
const accounting = new Set([
  'registration-in-progress',
  'rollout-in-progress',
  'new-node-window',
  'intended-empty-or-blue-green',
]);

function kindOf(clients: ClientTruth, truth: Truth | undefined): ClientKind {
  const isTouched = truth !== undefined && truth.verdict !== 'healthy';
  if (clients === 'idle') return 'idle';
  if (clients === 'partly') return 'served';
  if (clients === 'served') return isTouched ? 'served' : 'quiet';
  return truth?.verdict === 'expected' && accounting.has(truth.cause ?? '') ? 'excused' : 'unserved';
}

const answers: Record<ClientKind, readonly ServedState[]> = {
  quiet: ['served'],
  served: ['served', 'partly'],
  unserved: ['unserved'],
  excused: ['excused'],
  idle: ['idle'],
};

/** Checks of clients of healthy targets. */
const aboutClients = new Set(catalogue.flatMap(({ id, kind }) => (kind === 'clients' ? id : [])));

function outcomeOf(
  kind: ClientKind,
  said: ServedState,
  { isLoud, isHinted }: { isLoud: boolean; isHinted: boolean },
): ClientJudgement['outcome'] {
  if (kind === 'quiet' && isLoud) return 'false-alarm';
  if (kind === 'unserved' && !isLoud) return isHinted ? 'risk' : 'silent-outage';
  if (answers[kind].includes(said)) return 'right';
  if (said === 'unknown') return 'unknown';
  return said === 'unserved' ? 'false-alarm' : 'wrong';
}
