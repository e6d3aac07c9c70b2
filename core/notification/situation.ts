import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Incident } from './incident.ts';
import type { Message } from './message.ts';
import type { Mute } from './mute.ts';
import type { NoiseRules } from './policy.ts';

/** Everything that decides whether people are told. */
export interface Situation {
  /** As they are after the run. */
  findings: Finding[];
  incidents: Incident[];
  /** `null` before the first run. */
  board: SummaryState | null;
  mutes: Mute[];
  report: Report;
  rules: NoiseRules;
  /** RFC 3339. */
  at: string;
}

/** What becomes of an incident; without a message nobody is told. */
export interface IncidentUpdate {
  before: Incident | null;
  incident: Incident;
  findings: Finding[];
  message: Message | null;
}

export interface Announcements {
  /** Written before the incidents: it says which of them it has told. */
  board: SummaryUpdate | null;
  incidents: IncidentUpdate[];
}

/** What is remembered about summaries. */
export interface SummaryState {
  /** `<account>/<region>/summary`. */
  key: string;
  revision: number;
  /** `<incident>#<episode>` of what the last summary told in place of messages of their own. */
  covers: string[];
  /** RFC 3339, of the last digest, or of the first run. */
  digestedAt: string;
  /** Open incidents at that moment. */
  openThen: number;
  lastRun: string;
}

export interface SummaryUpdate {
  before: SummaryState | null;
  board: SummaryState;
  message: Message | null;
}
