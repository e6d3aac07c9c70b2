import { NotHere } from '../../config/user-error.ts';
import { isNothingSeen } from '../../core/diagnosis/run-verdict.ts';
import type { Report } from '../../core/model/report.ts';
import { jsonText } from '../../core/render/machine/json-text.ts';
import { verdictLine } from '../../core/render/text/verdict-line.ts';
import { accountOfRole } from '../../io/aws/identity/assume-role.ts';
import { type Audited, type AuditOptions, keep, look } from '../commands/audit.ts';
import { exit, exitCodeOf } from '../exit.ts';
import { sayFailure, userErrorOf } from '../failure.ts';
import { type PrintOptions, print, render } from '../print.ts';
import { sayAside } from '../say.ts';
import { terminal } from '../terminal.ts';
import { type Outcome, placeName, sayInAll, worstCode } from './outcome.ts';
import { placedPath, type ReportedPlace } from './placed-path.ts';
import type { Place } from './places.ts';
import { refuseForm } from './refuse-several.ts';
import { isUnread, unreadReport } from './unread-report.ts';

/** Audits one place after the other. What fails in one is said, and the others go on; the exit code is that of the worst. */
export async function auditPlaces(places: Place[], options: AuditOptions): Promise<void> {
  refuseForm(options.output, places);
  const outcomes: Outcome[] = [];
  for (const place of places) {
    const lead = outcomes.length === 0 ? '' : '\n';
    outcomes.push(await auditPlace(place, { ...options, shown: (report) => shown(report, lead, options) }));
  }
  if (options.output === 'text') sayInAll(outcomes);
  process.exitCode = worstCode(outcomes);
}

async function auditPlace({ failure, ...place }: Place, options: AuditOptions): Promise<Outcome> {
  const startedAt = new Date().toISOString();
  const where = { account: place.role ? accountOfRole(place.role) : '', region: place.region ?? '' };
  let audited: Audited;
  try {
    if (failure !== undefined) throw failure;
    audited = await look({ ...options, ...place, title: placeName(where) });
  } catch (thrown) {
    const error = userErrorOf(thrown);
    if (error === undefined)
      return { ...where, kind: 'failed', line: 'a bug ended this audit', code: sayFailure(thrown) };
    sayAside(`nlb-auditor: ${placeName(where)}: ${error.message}`);
    if (error instanceof NotHere) return { ...where, kind: 'elsewhere', line: error.message, code: exit.nothingWrong };
    const outcome: Outcome = { ...where, kind: 'failed', line: `not audited: ${error.message}`, code: exit.incomplete };
    return written(outcome, () => print(unreadReport(where, error, startedAt), inPlace(where, options)));
  }
  const { report } = audited;
  const outcome: Outcome = {
    account: report.run.account,
    region: report.run.region,
    kind: isEmpty(report) ? 'empty' : 'judged',
    line: verdictLine(report),
    code: isEmpty(report) ? exit.nothingWrong : exitCodeOf(report),
  };
  return written(outcome, () => keep(audited, inPlace(outcome, options)));
}

/** Neither a cluster nor a target group is there, and everything could be read. */
const isEmpty = (report: Report): boolean => isNothingSeen(report) && report.run.complete;

/** The outcome after its report was written; a file that does not take it is said, and the other places are audited still. */
function written(outcome: Outcome, write: () => void): Outcome {
  try {
    write();
    return outcome;
  } catch (thrown) {
    return { ...outcome, code: sayFailure(thrown) };
  }
}

/** The options with a file of its own for this place. */
const inPlace = (place: ReportedPlace, { out, saveFacts, ...options }: AuditOptions): AuditOptions => ({
  ...options,
  ...(out && { out: out.map((path) => placedPath(path, place)) }),
  ...(saveFacts !== undefined && { saveFacts: placedPath(saveFacts, place) }),
});

/** A report as one of several on standard output; what could not be read at all is in the lines on all places. */
function shown(report: Report, lead: string, { output, verbose = false }: PrintOptions): string {
  if (output === 'json') return `${jsonText(report)}\n`;
  const text = render(report, output, { ...terminal(process.stdout), verbose });
  if (output === 'yaml') return `---\n${text}`;
  if (output !== 'text') return lead + text;
  if (isUnread(report)) return '';
  return isEmpty(report) ? `${placeName(report.run)}  no cluster and no target group\n` : lead + text;
}
