import { catalogue } from '../../diagnosis/catalogue.ts';
import type { Check } from '../../diagnosis/check.ts';
import { placeOf } from '../../diagnosis/diagnoses.ts';
import { type Diagnosis, isWrong } from '../../model/diagnosis.ts';
import type { Report } from '../../model/report.ts';
import type { Severity } from '../../model/severity.ts';
import { compareText } from '../../model/target-group-context.ts';
import { inert } from '../inert.ts';
import { findingLines } from '../text/finding-lines.ts';
import { unreadItems } from '../unread-items.ts';

/**
 * SARIF 2.1.0 (OASIS, 27 March 2020): a rule for every cause found, a result for every diagnosis. Causes are `fail`,
 * risks `review`, expected states `informational`; only `fail` has a level other than `none` (section 3.27.10). What was
 * not read is a notification. There are no files, so places are logical locations.
 */
export function renderSarif(report: Report): string {
  const { run, coverage, diagnoses } = inert(report);
  const ids = [...new Set(diagnoses.map(ruleId))].toSorted(compareText);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'eks-nlb-auditor', rules: ids.map(ruleOf) } },
        automationDetails: { id: `eks-nlb-auditor/${run.account}/${run.region}/${run.id}` },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: run.startedAt,
            endTimeUtc: run.finishedAt,
            toolExecutionNotifications: unreadItems(coverage.gaps).map(({ reason, what, detail }) => ({
              level: 'warning',
              message: { text: `Not read (${reason}): ${what}. ${detail}` },
            })),
          },
        ],
        results: diagnoses.map((diagnosis) => resultOf(diagnosis, ids.indexOf(ruleId(diagnosis)))),
        columnKind: 'utf16CodeUnits',
        properties: { complete: run.complete },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const ruleId = ({ cause }: Diagnosis): string => cause ?? 'unexplained';

function ruleOf(id: string) {
  const check = catalogue.find((each) => each.id === id);
  if (check === undefined) return { id };
  const { title, why, links, severity, stage, fix } = check;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: flow(why) },
    help: { text: fix.map(({ text }) => text).join(' ') || 'Nothing has to be done.' },
    ...(links[0] !== undefined && { helpUri: links[0] }),
    defaultConfiguration: { level: check.kind === 'fault' ? levels[severity] : 'none' },
    properties: { tags: tagsOf(check), stage, severity },
  };
}

const tagsOf = ({ kind, stage }: Check): string[] => [kind, stage];

function resultOf(diagnosis: Diagnosis, ruleIndex: number) {
  const { cluster, namespace, service, targetGroupArn, fingerprint, severity, confidence, groupHealth } = diagnosis;
  return {
    ruleId: ruleId(diagnosis),
    ruleIndex,
    kind: isWrong(diagnosis) ? 'fail' : diagnosis.verdict === 'latent' ? 'review' : 'informational',
    level: isWrong(diagnosis) ? levels[severity] : 'none',
    message: { text: findingLines(diagnosis).join('\n') },
    locations: [
      {
        logicalLocations: [
          {
            name: service ?? targetGroupArn,
            fullyQualifiedName: service === null ? targetGroupArn : `${cluster}/${namespace}/${service}`,
            kind: service === null ? 'resource' : 'service',
          },
          { name: placeOf(diagnosis), fullyQualifiedName: targetGroupArn, kind: 'resource' },
        ],
      },
    ],
    partialFingerprints: { 'eksNlbAuditor/v1': fingerprint, 'targetGroup/v1': targetGroupArn },
    properties: { severity, confidence, healthyTargets: groupHealth.healthy, allTargets: groupHealth.total },
  };
}

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

const flow = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
