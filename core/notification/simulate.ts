import type { Report } from '../model/report.ts';
import { emptyMemory } from './memory.ts';
import type { Message, News } from './message.ts';
import { type Rules, reconcileState } from './reconcile-state.ts';

/** What people would have been told of these runs. */
export interface Simulation {
  runs: number;
  /** RFC 3339; `null` without a run. */
  from: string | null;
  to: string | null;
  messages: number;
  byNews: Partial<Record<News, number>>;
  /** Most messages in one day, and that day. */
  busiestDay: { day: string; messages: number } | null;
  /** Incidents with the most messages, at most ten. */
  loudest: { incident: string; messages: number }[];
  told: Pick<Message, 'at' | 'transition' | 'fingerprint'>[];
}

/** Replays recorded runs, the oldest first, under these rules. Every message counts as delivered. */
export function simulate(reports: Report[], rules: Rules): Simulation {
  let memory = emptyMemory();
  const told: Message[] = [];
  for (const report of reports) {
    const { announcements, memory: after } = reconcileState(memory, report, rules);
    memory = after;
    const owed = [announcements.board, ...announcements.incidents].flatMap((news) => news?.message ?? []);
    told.push(...owed);
  }
  const days = tally(told.map(({ at }) => at.slice(0, 10)));
  const [busiest] = days;
  return {
    runs: reports.length,
    from: reports[0]?.run.finishedAt ?? null,
    to: reports.at(-1)?.run.finishedAt ?? null,
    messages: told.length,
    byNews: Object.fromEntries(tally(told.map(({ transition }) => transition))),
    busiestDay: busiest === undefined ? null : { day: busiest[0], messages: busiest[1] },
    loudest: tally(told.map(({ fingerprint }) => fingerprint))
      .slice(0, 10)
      .map(([incident, messages]) => ({ incident, messages })),
    told: told.map(({ at, transition, fingerprint }) => ({ at, transition, fingerprint })),
  };
}

/** How often each word occurs, the most frequent first. */
function tally(words: string[]): [string, number][] {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, { length }]): [string, number] => [word, length]);
  return counts.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
