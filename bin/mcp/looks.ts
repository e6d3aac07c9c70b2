import { UserError } from '../../config/user-error.ts';
import { type AssessOptions, assess } from '../../core/diagnosis/assess.ts';
import { gateState } from '../../core/lifecycle/rollout-gate.ts';
import type { Severity } from '../../core/model/severity.ts';
import { matches } from '../../core/notification/mute.ts';
import { inert } from '../../core/render/inert.ts';
import { readFacts } from '../../io/reports/facts-file.ts';
import { scopesIn } from '../../io/store/scopes.ts';
import { openStore } from '../../io/store/store.ts';
import { checkNamed } from '../commands/catalogue.ts';
import { ofFiles } from '../commands/examine.ts';
import { inTable } from '../commands/mute.ts';
import { type FilterOptions, filtered, serviceScope } from '../filtered.ts';
import { observeAccount } from '../observe-account.ts';
import type { SessionOptions } from '../session.ts';
import { answerOf, type ReportAnswer } from './answer.ts';

/** Where the server reads, unless a tool says otherwise, and by what it judges. */
export interface Place extends SessionOptions {
  table?: string;
  judging: AssessOptions;
}

/** Parts of a report, as a tool names them. */
export interface Filters {
  namespace?: string;
  service?: string;
  check?: string;
  severity?: Severity;
}

/** Audits once. */
export async function judgeAccount(
  { judging, cluster, probe, ...options }: Place & Filters & { cluster?: string; probe: boolean },
  limit: number,
): Promise<ReportAnswer> {
  const filter = filterOf(options);
  const services = serviceScope(filter);
  const observation = await observeAccount({
    ...placeOf(options),
    probe,
    checks: judging.checks,
    ...(cluster !== undefined && { cluster: [cluster] }),
    ...(services && { services }),
  });
  return answerOf(filtered(assess(observation, judging).report, filter), limit);
}

/** Looks at one Service once. */
export async function gateOnce({
  judging,
  cluster,
  namespace,
  service,
  probe,
  ...options
}: Place & { cluster: string; namespace: string; service: string; probe: boolean }) {
  const services = { namespaces: [namespace], services: [service] };
  const observation = await observeAccount({
    ...placeOf(options),
    probe,
    checks: judging.checks,
    cluster: [cluster],
    services,
  });
  const { report } = assess(observation, judging);
  const { state, detail } = gateState(report, { namespace, service });
  return { state, detail, ...answerOf(report, 10) };
}

/** Judges saved facts. */
export const examineFile = (path: string, { judging }: Place, { limit, ...filters }: Filters & { limit: number }) =>
  ofFiles([path], () => answerOf(filtered(assess(readFacts(path), judging).report, filterOf(filters)), limit));

/** Reads the findings that are kept, those that are there first. */
export async function findingsInTable({ table, ...options }: Place, pattern: string, limit: number) {
  if (table === undefined) throw new UserError('no table is known; name the output TableName of the stack in `table`.');
  return await inTable({ ...placeOf(options), table }, async (place) => {
    const scopes = await scopesIn(place.client, place.table);
    const memories = await Promise.all(scopes.map((scope) => openStore({ ...place, scope }).remember()));
    const findings = inert(memories.flatMap((memory) => memory.findings))
      .filter(({ fingerprint }) => matches(pattern, fingerprint))
      .toSorted(
        (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || (a.fingerprint < b.fingerprint ? -1 : 1),
      );
    return {
      findings: findings
        .slice(0, limit)
        .map(({ fingerprint, status, diagnoses, openedAt, resolvedAt, past, ...rest }) => ({
          fingerprint,
          status,
          title: diagnoses[0]?.title ?? '',
          openedAt,
          resolvedAt,
          episodes: past.length + 1,
          observed: [...new Set(rest.firstEvidence.map(({ saw }) => saw))].slice(0, 3),
        })),
      omitted: Math.max(0, findings.length - limit),
    };
  });
}

const order: string[] = ['open', 'suspected', 'resolved'];

function filterOf({ namespace, service, check, severity }: Filters): FilterOptions {
  return {
    ...(namespace !== undefined && { namespace: [namespace] }),
    ...(service !== undefined && { service: [service] }),
    ...(check !== undefined && { check: [checkNamed(check).id] }),
    ...(severity !== undefined && { severity }),
  };
}

const placeOf = ({ region, profile, role, callsPerSecond }: SessionOptions): SessionOptions => ({
  callsPerSecond,
  ...(region !== undefined && { region }),
  ...(profile !== undefined && { profile }),
  ...(role && { role }),
});
