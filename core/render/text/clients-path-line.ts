import { placeOf } from '../../diagnosis/diagnoses.ts';
import type { GroupSummary, Report } from '../../model/report.ts';
import { type ClientStep, clientSteps } from '../../model/served-state.ts';

type Followed = GroupSummary & { clientsPath: ClientStep[] };

const followed = ({ groups }: Report): Followed[] =>
  groups.flatMap((group) => (group.clientsPath === undefined ? [] : [{ ...group, clientsPath: group.clientsPath }]));

/** What of the path of clients to target groups with healthy targets was evaluated, in one line; empty where there are none. */
export function clientsPathLine(report: Report): string {
  const groups = followed(report);
  if (groups.length === 0) return '';
  const steps = groups.flatMap(({ clientsPath }) => clientsPath);
  const parts = clientSteps.flatMap((name) => {
    const open = steps.filter(({ step, decision }) => step === name && decision === 'unknown').length;
    return open === 0 ? [] : [`${name} of ${open}`];
  });
  const whole = `Path of clients to ${groups.length} target group${groups.length === 1 ? '' : 's'} evaluated`;
  return parts.length === 0 ? whole : `${whole}, but not: ${parts.join(', ')}`;
}

/** The steps that are open or closed, one line for each target group that has such. */
export const openSteps = (report: Report): string[] =>
  followed(report).flatMap((group) => {
    const steps = group.clientsPath.filter(({ decision }) => decision !== 'allow');
    return steps.length === 0 ? [] : [`${placeOf(group)}: ${steps.map(formatStep).join('; ')}`];
  });

const formatStep = ({ step, decision, by }: ClientStep): string =>
  `${step} ${decision === 'deny' ? 'closed' : 'not evaluated'} (${by})`;

/** The path of clients to one target group. */
export function formatClientsPath(path: ClientStep[]): string {
  const done = path.filter(({ decision }) => decision === 'allow').map(({ step }) => step);
  const rest = path.filter(({ decision }) => decision !== 'allow').map(formatStep);
  return `Clients: ${[`${done.join(', ')} evaluated`, ...rest].join('; ')}`;
}
