import type { Judged } from '../../core/diagnosis/measured/worth-reading.ts';
import { type ChangeQuery, changeQueries, resourcesOf } from '../../core/history/changes/change-queries.ts';
import type { ChangeLog } from '../../core/model/changes/recorded-call.ts';
import type { Gap } from '../../core/model/gap.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import type { Clients } from '../aws/clients.ts';
import { type Ledger, ledger } from '../aws/ledger.ts';
import { awsRemedy } from '../aws/remedy.ts';

const action = 'cloudtrail:LookupEvents';

/** Resources of a run that are looked up: at two calls a second, of up to two pages each, at most 40 seconds. */
const mostLookups = 40;

/** The same Facts with what CloudTrail recorded around the start of what is wrong. */
export async function withChanges(judged: Judged[], clients: Clients): Promise<Judged[]> {
  const allFacts = judged.map(({ facts }) => facts);
  const wrong = new Set(judged.flatMap(({ worth }) => [...worth.wrong]));
  const queries = changeQueries(allFacts, wrong);
  if (queries.length === 0) return judged;
  const book = ledger(awsRemedy, clients.signal);
  const read = await readAll(clients, queries.slice(0, mostLookups), book);
  const left = new Set(queries.slice(mostLookups).map(({ resource }) => resource));
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

/** What was read until the first refusal: each further look-up would meet it too. */
async function readAll(clients: Clients, queries: ChangeQuery[], book: Ledger): Promise<ChangeLog[]> {
  const { lookUp } = await import('./look-up.ts');
  const logs: ChangeLog[] = [];
  for (const query of queries) {
    const log = await book.read(
      { action, hides: [{ slice: 'changes', scope: { kind: 'all' } }] },
      undefined,
      async () => lookUp(await clients.cloudTrail(), query),
    );
    if (log === undefined) break;
    logs.push(log);
  }
  return logs;
}

const leftOut = (arn: string): Gap => ({
  slice: 'changes',
  scope: { kind: 'target-group', arn },
  reason: 'not-requested',
  action,
  message: `not looked up: a run reads the changes of ${mostLookups} resources at most`,
  remedy: 'Run an audit of this Service alone to see what changed.',
});
