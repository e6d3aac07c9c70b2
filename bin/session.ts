import { emptySurveyMemory } from '../core/survey/survey-memory.ts';
import { timetable } from '../core/survey/timetable.ts';
import { type Clients, connect } from '../io/aws/clients.ts';
import { type AwsRole, placeAs } from '../io/aws/identity/assume-role.ts';
import type { ProbeTally } from '../io/probe/probe.ts';
import type { Turn } from '../io/survey/turn.ts';
import { type Progress, showProgress } from './progress.ts';

/** Milliseconds that any run from the command line may take. */
const longestOfAll = 10 * 60 * 1000;

/** Milliseconds that a person waits for the first answer of AWS: signing in has three tries of five seconds, and other endpoints may answer where STS does not. */
const longestSilence = 20_000;

export interface SessionOptions {
  region?: string;
  profile?: string;
  /** Assumed by whom the profile signs in as. */
  role?: AwsRole;
  /** What the progress is called, where there is more than one. */
  title?: string;
  /** Most Describe* calls to Elastic Load Balancing a second; the account's controllers share the bucket. */
  callsPerSecond: number;
  /** Milliseconds that it may take, where that is less than every run may. */
  longest?: number;
  /** Milliseconds after which it ends where nothing of AWS has answered by then. */
  patience?: number;
}

export interface Session extends AsyncDisposable {
  clients: Clients;
  /** Until when a run from the command line, which remembers nothing, may read. */
  turn: Turn;
  tally: ProbeTally;
  progress: Progress;
}

/** Opens the clients of one run from the command line. */
export function open({ role, title, callsPerSecond, patience = longestSilence, ...options }: SessionOptions): Session {
  const longest = Math.min(options.longest ?? longestOfAll, longestOfAll);
  const clients = connect({
    callsPerSecond,
    patience,
    signal: AbortSignal.timeout(longest),
    ...placeAs(role, options),
  });
  const tally = { planned: 0, answered: 0 };
  const progress = showProgress({ usage: clients.usage, tally, ...(title !== undefined && { title }) });
  return {
    clients,
    turn: { memory: emptySurveyMemory(), urgent: new Set(), until: Date.now() + timetable(longest, 0).surveyMs },
    tally,
    progress,
    async [Symbol.asyncDispose]() {
      progress.end();
      clients.close();
    },
  };
}
