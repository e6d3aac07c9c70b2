import type { Baseline } from '../diagnosis/baseline.ts';
import type { Finding } from '../model/finding.ts';
import type { Incident } from './incident.ts';
import type { Mute } from './mute.ts';
import type { SummaryState } from './situation.ts';

/** Everything that is known from earlier runs. */
export interface Memory {
  /** Whatever their status. */
  findings: Finding[];
  incidents: Incident[];
  /** `null` before the first run. */
  board: SummaryState | null;
  /** Those that people made; the configuration may have others. */
  mutes: Mute[];
  /** By ARN of the target group, from when it was last healthy. */
  baselines: Map<string, Baseline>;
}

/** Of the first run. */
export const emptyMemory = (): Memory => ({
  findings: [],
  incidents: [],
  board: null,
  mutes: [],
  baselines: new Map(),
});
