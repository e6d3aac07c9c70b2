import type { Incident } from '../notification/incident.ts';
import type { Mute } from '../notification/mute.ts';
import type { Board } from '../notification/summary-state.ts';
import type { Setup } from './baseline.ts';
import type { Remembered } from './finding.ts';

/** Everything that is known from earlier runs. */
export interface Memory {
  /** Whatever their status. */
  findings: Remembered[];
  incidents: Incident[];
  /** `null` before the first run. */
  board: Board | null;
  /** Those that people made; the configuration may have others. */
  mutes: Mute[];
  /** By ARN of the target group, from when it was last healthy. */
  setups: Map<string, Setup>;
}

/** Of the first run. */
export const emptyMemory = (): Memory => ({ findings: [], incidents: [], board: null, mutes: [], setups: new Map() });
