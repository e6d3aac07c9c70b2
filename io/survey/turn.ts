import type { SurveyMemory } from '../../core/survey/survey-memory.ts';

/** What decides which target groups and clusters are read when time does not last for all. */
export interface Turn {
  memory: SurveyMemory;
  /** What open or suspected findings are about: target groups by ARN, clusters by name. */
  urgent: ReadonlySet<string>;
  /** Epoch milliseconds after which nothing further is begun. */
  until: number;
}
