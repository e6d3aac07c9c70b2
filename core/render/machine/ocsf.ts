import { catalogue } from '../../diagnosis/catalogue.ts';
import type { Confidence } from '../../model/check-result.ts';
import { type Diagnosis, isWrong } from '../../model/diagnosis.ts';
import type { Report } from '../../model/report.ts';
import type { Severity } from '../../model/severity.ts';
import { inert } from '../inert.ts';
import { findingLines } from '../text/finding-lines.ts';

/**
 * Detection Findings of OCSF 1.6.0 (class 2004) with the cloud profile, one for every cause and risk, as a JSON array.
 * Expected states are no findings. The mapping is written down in docs/outputs.md.
 */
export function renderOcsf(given: Report): string {
  const report = inert(given);
  const findings = report.diagnoses
    .filter(({ verdict }) => verdict !== 'expected')
    .map((diagnosis) => findingOf(diagnosis, report.run));
  return `${JSON.stringify(findings, null, 2)}\n`;
}

function findingOf(diagnosis: Diagnosis, run: Report['run']) {
  const { cause, title, fingerprint, severity, confidence, targetGroupArn, fix } = diagnosis;
  const check = catalogue.find(({ id }) => id === cause);
  const time = Date.parse(run.finishedAt);
  const [lead] = findingLines(diagnosis);
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    time,
    ...severities[severity],
    ...confidences[confidence],
    status_id: 1,
    status: 'New',
    is_alert: isWrong(diagnosis),
    message: lead,
    metadata: {
      version: '1.6.0',
      profiles: ['cloud'],
      product: { name: 'eks-nlb-auditor', vendor_name: 'eks-nlb-auditor' },
      uid: `${run.id}/${fingerprint}/${targetGroupArn}`,
    },
    cloud: { provider: 'AWS', region: run.region, account: { uid: run.account, type: 'AWS Account', type_id: 10 } },
    finding_info: {
      uid: fingerprint,
      title,
      desc: findingLines(diagnosis).join('\n'),
      types: [diagnosis.verdict],
      last_seen_time: time,
      analytic: { uid: cause ?? 'unexplained', name: title, type: 'Rule', type_id: 1 },
    },
    resources: resourcesOf(diagnosis, run),
    evidences: diagnosis.evidence.map(({ check: id, target, saw, expected }) => ({
      data: { check: id, target, saw, expected },
    })),
    ...(fix.length > 0 && {
      remediation: {
        desc: fix.map(({ text, command }) => (command === undefined ? text : `${text}\n${command}`)).join('\n'),
        ...(check !== undefined && check.links.length > 0 && { references: check.links }),
      },
    }),
    unmapped: {
      verdict: diagnosis.verdict,
      mechanisms: diagnosis.mechanisms,
      co_causes: diagnosis.coCauses,
      ruled_out: diagnosis.ruledOut,
      unknown: diagnosis.unknown,
    },
  };
}

function resourcesOf({ cluster, namespace, service, loadBalancerArn, targetGroupArn }: Diagnosis, run: Report['run']) {
  const at = { region: run.region };
  return [
    { uid: targetGroupArn, type: 'AWS::ElasticLoadBalancingV2::TargetGroup', ...at },
    ...(loadBalancerArn === null
      ? []
      : [{ uid: loadBalancerArn, type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', ...at }]),
    ...(service === null
      ? []
      : [{ uid: `${cluster}/${namespace}/${service}`, name: service, type: 'Kubernetes Service', namespace, ...at }]),
  ];
}

const severities: Record<Severity, { severity_id: number; severity: string }> = {
  info: { severity_id: 1, severity: 'Informational' },
  low: { severity_id: 2, severity: 'Low' },
  medium: { severity_id: 3, severity: 'Medium' },
  high: { severity_id: 4, severity: 'High' },
  critical: { severity_id: 5, severity: 'Critical' },
};

const confidences: Record<Confidence, { confidence_id: number; confidence: string }> = {
  possible: { confidence_id: 1, confidence: 'Low' },
  probable: { confidence_id: 2, confidence: 'Medium' },
  confirmed: { confidence_id: 3, confidence: 'High' },
};
