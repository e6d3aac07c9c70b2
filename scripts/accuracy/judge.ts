import { type Diagnosis, isWrong } from '../../core/model/diagnosis.ts';
import type { Report } from '../../core/model/report.ts';
import type { Truth } from './oracle.ts';

export type Outcome = 'right' | 'wrong' | 'missed' | 'unknown' | 'false-alarm';

/** How one Service of one world came out. */
export interface Judgement {
  world: string;
  service: string;
  outcome: Outcome;
  expected: string | null;
  said: string[];
}

/** Compares a report with the truth, Service by Service; a Service without a judgement was rightly passed over. */
export function judge(world: string, report: Report, truths: Truth[]): Judgement[] {
  const alarms = report.diagnoses.filter(isWrong);
  const judged = truths.flatMap((truth) => {
    const here = report.diagnoses.filter((diagnosis) => isAbout(diagnosis, truth));
    const said = here.map(({ verdict, cause }) => `${verdict}: ${cause}`);
    const outcome = outcomeOf(truth, here);
    return outcome === undefined ? [] : [{ world, service: truth.service, outcome, expected: truth.cause, said }];
  });
  const elsewhere = alarms.filter((diagnosis) => !truths.some((truth) => isAbout(diagnosis, truth)));
  return [
    ...judged,
    ...elsewhere.map(({ service, cause }) => ({
      world,
      service: service ?? 'no Service',
      outcome: 'false-alarm' as const,
      expected: null,
      said: [String(cause)],
    })),
  ];
}

function outcomeOf(truth: Truth, here: Diagnosis[]): Outcome | undefined {
  const alarms = here.filter(isWrong);
  if (truth.verdict === 'never-made')
    return alarms.every(({ cause }) => cause === null || truth.names.includes(cause)) ? undefined : 'wrong';
  if (truth.verdict !== 'unhealthy' && truth.verdict !== 'unserved') {
    const isTrue = ({ cause }: Diagnosis): boolean => cause !== null && truth.names.includes(cause);
    if (alarms.length > 0) return alarms.every(isTrue) ? 'right' : 'false-alarm';
    if (truth.verdict === 'healthy') return undefined;
    return here.some(({ cause, verdict }) => cause === truth.cause && verdict === truth.verdict) ? 'right' : 'missed';
  }
  if (alarms.length === 0) return 'missed';
  if (alarms.every(({ verdict }) => verdict === 'unexplained')) return 'unknown';
  // Subsets may have roots of their own among the faults that act; the primary one has to be there.
  const named = alarms.flatMap(({ cause }) => cause ?? []);
  const foreign = named.some((cause) => !truth.acting.includes(cause));
  return truth.names.some((name) => named.includes(name)) && !foreign ? 'right' : 'wrong';
}

const isAbout = (diagnosis: Diagnosis, { cluster, namespace, service }: Truth): boolean =>
  diagnosis.cluster === cluster && diagnosis.namespace === namespace && diagnosis.service === service;
