import type { Remembered } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Incident } from './incident.ts';
import type { Message } from './message.ts';
import type { Mute } from './mute.ts';
import type { NoiseRules } from './policy.ts';

/** Everything that decides whether people are told. */
export interface Situation {
  /** As they are after the run. */
  findings: Remembered[];
  incidents: Incident[];
  /** `null` before the first run. */
  board: Board | null;
  mutes: Mute[];
  report: Report;
  rules: NoiseRules;
  /** RFC 3339. */
  at: string;
}

/** What becomes of an incident; without a message nobody is told. */
export interface IncidentNews {
  before: Incident | null;
  incident: Incident;
  findings: Remembered[];
  message: Message | null;
}

export interface Announcements {
  /** Written before the incidents: it says which of them it has told. */
  board: BoardNews | null;
  incidents: IncidentNews[];
}

/** What is remembered about summaries. */
export interface Board {
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

export interface BoardNews {
  before: Board | null;
  board: Board;
  message: Message | null;
}
