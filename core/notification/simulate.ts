import type { Report } from '../model/report.ts';
import { emptyMemory } from './memory.ts';
import type { Message, NotificationKind } from './message.ts';
import { type Rules, reconcileState } from './reconcile-state.ts';

/** What people would have been notified of in these runs. */
export interface Simulation {
  runs: number;
  /** RFC 3339; `null` without a run. */
  from: string | null;
  to: string | null;
  messages: number;
  byNews: Partial<Record<NotificationKind, number>>;
  /** Most messages in one day, and that day. */
  busiestDay: { day: string; messages: number } | null;
  /** Incidents with the most messages, at most ten. */
  loudest: { incident: string; messages: number }[];
  told: Pick<Message, 'at' | 'transition' | 'fingerprint'>[];
}

/** A replay under way: it keeps what it needs of a run and not the run, so that months of runs can pass through. */
export interface Replay {
  /** The next run; the oldest comes first. */
  add(report: Report): void;
  /** Of the runs so far. */
  result(): Simulation;
}

/** Replays recorded runs, the oldest first, under these rules. Every message counts as delivered. */
export function simulate(reports: Iterable<Report>, rules: Rules): Simulation {
  const replay = startReplay(rules);
  for (const report of reports) replay.add(report);
  return replay.result();
}

/** Begins to replay runs under these rules, one by one. */
export function startReplay(rules: Rules): Replay {
  let memory = emptyMemory();
  const sent: Simulation['told'] = [];
  let [runs, from, to]: [number, string | null, string | null] = [0, null, null];
  return {
    add(report) {
      const { announcements, memory: after } = reconcileState(memory, report, rules);
      memory = after;
      runs += 1;
      to = report.run.finishedAt;
      from ??= to;
      for (const update of [announcements.board, ...announcements.incidents]) {
        if (update?.message == null) continue;
        const { at, transition, fingerprint } = update.message;
        sent.push({ at, transition, fingerprint });
      }
    },
    result: () => ({ runs, from, to, ...countsOf(sent) }),
  };
}

function countsOf(sent: Simulation['told']): Omit<Simulation, 'runs' | 'from' | 'to'> {
  const [busiest] = tally(sent.map(({ at }) => at.slice(0, 10)));
  return {
    messages: sent.length,
    byNews: Object.fromEntries(tally(sent.map(({ transition }) => transition))),
    busiestDay: busiest === undefined ? null : { day: busiest[0], messages: busiest[1] },
    loudest: tally(sent.map(({ fingerprint }) => fingerprint))
      .slice(0, 10)
      .map(([incident, messages]) => ({ incident, messages })),
    told: sent,
  };
}

/** How often each word occurs, the most frequent first. */
function tally(words: string[]): [string, number][] {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, { length }]): [string, number] => [word, length]);
  return counts.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
