import type { Severity } from '../model/severity.ts';

/** One incident at a glance. */
export interface SummaryLine {
  key: string;
  severity: Severity;
  title: string;
  cluster: string | null;
  /** `namespace/service`; the first five. */
  services: string[];
  moreServices: number;
  /** Values of the team label of its Services, where there are any. */
  teams?: string[];
  /** RFC 3339. */
  openedAt: string;
}
