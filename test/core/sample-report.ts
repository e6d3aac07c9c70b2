import type { Diagnosis } from '../../core/model/diagnosis.ts';
import type { GroupSummary, Report } from '../../core/model/report.ts';

export const account = '111122223333';
export const region = 'eu-west-1';

const elb = `arn:aws:elasticloadbalancing:${region}:${account}`;
export const groupArn = (name: string): string => `${elb}:targetgroup/${name}/0123456789abcdef`;

/** One diagnosis of the Service `shop/web` in the cluster `prod`. */
export function diagnosisOf(fields: Partial<Diagnosis> = {}): Diagnosis {
  const cause = fields.cause === undefined ? 'pod-crashloop' : fields.cause;
  return {
    fingerprint: `${account}/${region}/prod/shop/web/${cause ?? 'unexplained'}`,
    verdict: cause === null ? 'unexplained' : 'unhealthy',
    cause,
    title: 'Containers of the pods behind the Service crash again and again',
    mechanisms: [],
    coCauses: [],
    confidence: 'confirmed',
    decidedBy: null,
    severity: 'high',
    cluster: 'prod',
    namespace: 'shop',
    service: 'web',
    loadBalancerArn: `${elb}:loadbalancer/net/k8s-shop-web/0123456789abcdef`,
    targetGroupArn: groupArn('web-80'),
    targets: [{ id: 'i-0aaaaaaaaaaaaaaa1', port: 31080, state: 'unhealthy', reason: 'Target.FailedHealthChecks' }],
    groupHealth: { healthy: 1, total: 2 },
    evidence: [
      {
        check: 'pod-crashloop',
        target: 'i-0aaaaaaaaaaaaaaa1:31080',
        saw: 'web-7f9c restarted 14 times, last exit code 1',
        expected: 'no restarts',
      },
    ],
    ruledOut: ['app-error-status'],
    unknown: [],
    fix: [{ text: 'Read the last words of the container.', command: 'kubectl logs -n shop web-7f9c --previous' }],
    ...fields,
  };
}

/** A complete report about these diagnoses; their target groups were read, and so were `healthy` ones. */
export function reportOf(diagnoses: Diagnosis[], healthy: string[] = []): Report {
  const arns = new Set([...diagnoses.map(({ targetGroupArn }) => targetGroupArn), ...healthy]);
  return {
    schemaVersion: 1,
    run: {
      id: '2026-11-20T12:00:00Z',
      account,
      region,
      startedAt: '2026-11-20T12:00:01Z',
      finishedAt: '2026-11-20T12:00:09Z',
      complete: true,
      apiCalls: { 'eks:ListClusters': 1, 'elasticloadbalancing:DescribeTargetHealth': 2 },
      throttles: 0,
      waitedMs: 0,
    },
    coverage: {
      clusters: { seen: 1, audited: 1 },
      targetGroups: { seen: arns.size, read: arns.size },
      targets: { seen: 2, probed: 1 },
      gaps: [],
    },
    groups: [...arns].map(groupSummary),
    diagnoses,
  };
}

const groupSummary = (targetGroupArn: string): GroupSummary => ({
  targetGroupArn,
  name: targetGroupArn.split('/')[1] ?? '',
  cluster: 'prod',
  namespace: 'shop',
  service: 'web',
  loadBalancer: 'k8s-shop-web',
  healthy: 1,
  total: 2,
  read: true,
  unknown: [],
});

/** The same report of another run, that ended at this moment. */
export const reportAt = (finishedAt: string, diagnoses: Diagnosis[], healthy: string[] = []): Report => {
  const report = reportOf(diagnoses, healthy);
  return { ...report, run: { ...report.run, id: finishedAt, startedAt: finishedAt, finishedAt } };
};
