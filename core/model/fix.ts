import type { HealthCheck } from './aws.ts';

/** Settings of a health check as a command spells them: values or `{name}`. */
export type Settings = Partial<Record<keyof HealthCheck, string>>;

/** One step of a fix; `{name}` in `command` is filled from the evidence and from the target group's surroundings. */
export interface Fix {
  text: string;
  command?: string;
  /** Settings that the step changes: the command sets them by annotation, else on the target group, unless one is given. */
  healthCheck?: Settings;
  /** A value of the evidence without which the step is left out. */
  when?: string;
  /** What can go wrong when this is run. */
  danger?: string;
  /** How to see that it worked; the health of the targets where a check names nothing nearer. */
  verify?: string;
}
