import { loadConfig } from '../config/config.ts';
import type { AssessOptions } from '../core/diagnosis/assess.ts';

export interface JudgingOptions {
  /** Configuration file by whose `checks` and `teamLabel` is judged. */
  config?: string;
}

/** What the configuration file says about judging; the catalogue as it is where none was given. */
export function judgingOf({ config: path }: JudgingOptions): AssessOptions {
  if (path === undefined) return {};
  const { checks, notify } = loadConfig(path);
  return { checks, teamLabel: notify.teamLabel };
}
