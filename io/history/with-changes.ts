import {
  type ChangeQuery,
  changeQueries,
  nameOfRole,
  resourcesOf,
} from '../../core/diagnosis/changes/change-queries.ts';
import type { Judged } from '../../core/diagnosis/measured/worth-reading.ts';
import { isShownByMetrics } from '../../core/history/measured.ts';
import type { ChangeLog } from '../../core/model/changes/recorded-call.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Gap } from '../../core/model/gap.ts';
import { distinct } from '../../core/model/indexed.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import type { Clients } from '../aws/clients.ts';
import { type Ledger, ledger } from '../aws/ledger.ts';
import { awsRemedy } from '../aws/remedy.ts';

const action = 'cloudtrail:LookupEvents';

/** Look-ups of a run: at two calls a second, of up to two pages each, at most 50 seconds. */
const mostLookUps = 50;

/** The same Facts with what CloudTrail recorded around the start of what is wrong, or was by what CloudWatch counted. */
export async function withChanges(judged: Judged[], clients: Clients): Promise<Judged[]> {
  const allFacts = judged.map(({ facts }) => facts);
  const wrong = new Set(judged.flatMap(({ facts, worth }) => [...worth.wrong, ...countedAsWrong(facts)]));
  const queries = changeQueries(allFacts, wrong).toSorted((a, b) => Number(isOfRole(a)) - Number(isOfRole(b)));
  if (queries.length === 0) return judged;
  const book = ledger(awsRemedy, clients.signal);
  const read = await readAll(clients, queries.slice(0, mostLookUps), book);
  const left = new Set(queries.slice(mostLookUps).flatMap(({ resources }) => resources));
  return judged.map(({ facts, worth }) => {
    const groups = groupsOf(facts).filter(({ targetGroup }) => wrong.has(targetGroup.arn));
    if (groups.length === 0) return { facts, worth };
    const resources = new Map(groups.map((group) => [group.targetGroup.arn, resourcesOf(group, facts)]));
    const own = new Set([...resources.values()].flat());
    const unread = [...resources].flatMap(([arn, those]) => (those.some((each) => left.has(each)) ? leftOut(arn) : []));
    const changes = read.filter(({ resource }) => own.has(resource));
    const gaps = [...facts.gaps, ...book.gaps(), ...unread];
    return { facts: { ...facts, slices: { ...facts.slices, changes }, gaps }, worth };
  });
}

/** ARNs of the target groups that only metrics show to be wrong, or to have been. */
const countedAsWrong = (facts: Facts): string[] =>
  facts.slices.metrics.length === 0
    ? []
    : groupsOf(facts)
        .filter((group) => isShownByMetrics(group, facts.slices.metrics))
        .map(({ targetGroup }) => targetGroup.arn);

/** What was read until the first refusal: each further look-up would meet it too. What several look-ups give of one resource is one. */
async function readAll(clients: Clients, queries: ChangeQuery[], book: Ledger): Promise<ChangeLog[]> {
  const { lookUp } = await import('./look-up.ts');
  const logs = new Map<string, ChangeLog>();
  for (const query of queries) {
    const read = await book.read(
      { action, hides: [{ slice: 'changes', scope: { kind: 'all' } }] },
      undefined,
      async () => lookUp(await clients.cloudTrail(isOfRole(query) ? 'global' : 'here'), query),
    );
    if (read === undefined) break;
    for (const log of read) {
      const known = logs.get(log.resource);
      logs.set(log.resource, known === undefined ? log : together(known, log));
    }
  }
  return [...logs.values()];
}

/** AWS records what is done to a role in one Region, which may be out of reach from here: such a look-up comes last. */
const isOfRole = ({ resources }: ChangeQuery): boolean => resources.every((each) => nameOfRole(each) !== undefined);

const together = (a: ChangeLog, b: ChangeLog): ChangeLog => ({
  ...a,
  calls: distinct([...a.calls, ...b.calls]),
  ...(b.isCut && { isCut: true as const }),
});

const leftOut = (arn: string): Gap => ({
  slice: 'changes',
  scope: { kind: 'target-group', arn },
  reason: 'not-requested',
  action,
  message: `not looked up: a run makes ${mostLookUps} look-ups of changes at most`,
  remedy: 'Run an audit of this Service alone to see what changed.',
});
