import { catalogue } from '../diagnosis/catalogue.ts';
import type { CheckMetadata, Stage } from '../diagnosis/check.ts';
import { steadyStates } from '../diagnosis/steady-states.ts';
import { type Diagnosis, isWrong } from '../model/diagnosis.ts';
import type { GroupSummary, Report } from '../model/report.ts';

/** A Service whose targets somebody waits for. */
export interface Awaited {
  namespace: string;
  service: string;
  /** A cause that must not be found there any more either. */
  without?: string | undefined;
}

/**
 * `healthy` = what is behind the Service takes traffic; `waiting` = it may still come; `hopeless` = a confirmed cause
 * that no waiting fixes; `unread` = it could not be read.
 */
export interface GateState {
  state: 'healthy' | 'waiting' | 'hopeless' | 'unread';
  /** One line. */
  detail: string;
  /** The fingerprint behind `hopeless`. */
  fault?: string;
}

/** What one report says of the Service. */
export function gateState(report: Report, { namespace, service, without }: Awaited): GateState {
  const isHere = (each: { namespace: string | null; service: string | null }): boolean =>
    each.namespace === namespace && each.service === service;
  const groups = report.groups.filter(isHere);
  const diagnoses = report.diagnoses.filter(isHere);
  const gateState = (state: GateState['state'], detail: string): GateState => ({ state, detail });

  if (groups.length === 0) {
    return report.run.complete
      ? gateState('waiting', 'no target group serves it yet')
      : gateState('unread', 'no target group is known to serve it, and not everything could be read');
  }
  const unread = groups.find(({ read }) => !read);
  if (unread !== undefined) return gateState('unread', `the health of ${unread.name} could not be read`);
  const unsure = groups.find(({ served }) => served === 'unknown');
  if (unsure !== undefined)
    return gateState('unread', `not enough could be read to say whether clients of ${unsure.name} are served`);
  const awaited = groups.filter((group) => !isLeftOver(group, diagnoses));
  const isServed = (awaited.length === 0 ? groups : awaited).every((group) => isServing(group, diagnoses));
  if (isServed && !diagnoses.some(({ cause }) => cause === without)) return gateState('healthy', countOf(groups));
  if (isServed) return gateState('waiting', `${countOf(groups)}: still ${without}`);

  const fault = diagnoses.find(isHopeless);
  if (fault !== undefined) {
    return { ...gateState('hopeless', `${countOf(groups)}: ${fault.cause}`), fault: fault.fingerprint };
  }
  const [first] = [...diagnoses.filter(isWrong), ...diagnoses.filter(({ verdict }) => verdict === 'expected')];
  return gateState(
    'waiting',
    first === undefined ? countOf(groups) : `${countOf(groups)}: ${first.cause ?? 'unexplained'}`,
  );
}

/** True for an empty target group to which no client is sent, as a fix leaves one behind that a person put there: nothing will come. */
const isLeftOver = ({ targetGroupArn, served, total }: GroupSummary, diagnoses: Diagnosis[]): boolean =>
  served === 'idle' &&
  total === 0 &&
  diagnoses.every((each) => each.targetGroupArn !== targetGroupArn || !isWrong(each));

/** True when all targets are healthy, but for those that are never meant to be, and clients are known to be shut out by nothing. */
function isServing({ targetGroupArn, healthy, total }: GroupSummary, diagnoses: Diagnosis[]): boolean {
  const meant = diagnoses
    .filter((each) => each.targetGroupArn === targetGroupArn && steadyStates.has(each.cause ?? '') && !isWrong(each))
    .flatMap(({ targets }) => targets);
  const isWell = diagnoses.every((each) => each.targetGroupArn !== targetGroupArn || !isWrong(each));
  return healthy > 0 && healthy + meant.length >= total && isWell;
}

/** Links of the chain where a fault is a setting, which stays wrong until somebody changes it. */
const settings: Stage[] = ['owner', 'configuration', 'traffic-policy', 'network'];

const lasts = ({ kind, stage, needsChange = settings.includes(stage) }: CheckMetadata): boolean =>
  kind === 'fault' && needsChange;

const lasting = new Set(catalogue.filter(lasts).map(({ id }) => id));

const isHopeless = ({ verdict, confidence, cause }: Diagnosis): boolean =>
  (verdict === 'unhealthy' || verdict === 'unserved') &&
  confidence === 'confirmed' &&
  cause !== null &&
  lasting.has(cause);

function countOf(groups: GroupSummary[]): string {
  const sum = (of: (group: GroupSummary) => number): number => groups.reduce((total, group) => total + of(group), 0);
  return `${sum(({ healthy }) => healthy)} of ${sum(({ total }) => total)} targets healthy`;
}
