import * as z from 'zod';
import { inOrder, observationsOf, placeOf } from '../../core/diagnosis/diagnoses.ts';
import { runVerdict } from '../../core/diagnosis/run-verdict.ts';
import type { Diagnosis } from '../../core/model/diagnosis.ts';
import type { Report } from '../../core/model/report.ts';
import { inert } from '../../core/render/inert.ts';
import { verdictLine } from '../../core/render/text/verdict-line.ts';
import { unreadItems } from '../../core/render/unread-items.ts';

const finding = z.object({
  service: z.string().describe('cluster namespace/Service, or the target group that no Service owns'),
  targetGroupArn: z.string(),
  verdict: z.enum(['unhealthy', 'unserved', 'unexplained', 'latent', 'expected']),
  cause: z.string().nullable().describe('id of a check, for the tool explain; null where nothing explains it'),
  title: z.string(),
  severity: z.string(),
  confidence: z.string(),
  healthy: z.number().describe('targets of the group'),
  total: z.number(),
  targets: z.array(z.string()).describe('address or instance and port'),
  evidence: z.array(z.object({ observed: z.string(), expected: z.string() })),
  leadsTo: z.array(z.string()),
  alsoBroken: z.array(z.string()),
  ruledOut: z.array(z.string()),
  unknown: z.array(z.object({ check: z.string(), reason: z.string(), remedy: z.string() })),
  decidedBy: z.string().nullable().describe('what would settle a cause that is not confirmed'),
  fix: z.array(
    z.object({
      step: z.string(),
      command: z.string().optional(),
      careful: z.string().optional(),
      verify: z.string().optional(),
    }),
  ),
});

/** What an agent gets of a report: small, in a stable order, without times and counts of calls. */
export const reportAnswer = z.object({
  verdict: z
    .enum(['wrong', 'unread', 'well'])
    .describe('unread: not everything could be judged, so nothing is proved well'),
  summary: z.string(),
  account: z.string(),
  region: z.string(),
  findings: z.array(finding),
  omitted: z.number().describe('findings that are left out; raise limit or filter'),
  gaps: z.array(z.object({ reason: z.string(), what: z.string(), observed: z.string() })),
});

export type ReportAnswer = z.infer<typeof reportAnswer>;

const mostObservations = 5;
const mostTargets = 10;

/** The answer for a report, the most severe findings first; expected states last. */
export function answerOf(given: Report, limit: number): ReportAnswer {
  const report = inert(given);
  const all = inOrder(report.diagnoses, 'unhealthy', 'unserved', 'unexplained').concat(
    inOrder(report.diagnoses, 'latent'),
    inOrder(report.diagnoses, 'expected'),
  );
  return {
    verdict: runVerdict(report),
    summary: verdictLine(report),
    account: report.run.account,
    region: report.run.region,
    findings: all.slice(0, limit).map(findingOf),
    omitted: Math.max(0, all.length - limit),
    gaps: unreadItems(report.coverage.gaps).map(({ reason, what, detail }) => ({ reason, what, observed: detail })),
  };
}

function findingOf(diagnosis: Diagnosis): z.infer<typeof finding> {
  const { targetGroupArn, verdict, cause, title, severity, confidence, groupHealth, targets, evidence } = diagnosis;
  const { mechanisms, coCauses, ruledOut, unknown, decidedBy, fix } = diagnosis;
  return {
    service: placeOf(diagnosis),
    targetGroupArn,
    verdict,
    cause,
    title,
    severity,
    confidence,
    ...groupHealth,
    targets: targets.slice(0, mostTargets).map(({ id, port }) => `${id}:${port}`),
    evidence: observationsOf(diagnosis)
      .slice(0, mostObservations)
      .map((observed) => ({ observed, expected: evidence[0]?.expected ?? '' })),
    leadsTo: mechanisms,
    alsoBroken: coCauses,
    ruledOut,
    unknown,
    decidedBy,
    fix: fix.map(({ text, command, danger, verify }) => ({
      step: text,
      ...(command !== undefined && { command }),
      ...(danger !== undefined && { careful: danger }),
      ...(verify !== undefined && { verify }),
    })),
  };
}
