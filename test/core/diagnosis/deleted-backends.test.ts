import { describe, expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Report } from '../../../core/model/report.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { renderMarkdown } from '../../../core/render/text/markdown.ts';
import { renderText } from '../../../core/render/text/text.ts';
import { run } from '../render/crash-report.ts';
import { metadata, sampleFacts, targetGroupArn } from '../sample-facts.ts';

/** The report on a Service whose target group was deleted, and its load balancer too where `lacks` names it. */
function reportOn(lacks: 'load-balancer' | 'target-group', change: (facts: Facts) => void = () => {}): Report {
  const facts = sampleFacts();
  const { slices } = facts;
  Object.assign(facts, { owners: [] });
  Object.assign(slices, { targetGroups: [], targetHealth: [], listeners: [] });
  if (lacks === 'load-balancer') slices.loadBalancers = [];
  slices.lostBackends = [
    {
      namespace: 'shop',
      service: 'web',
      lacks,
      hostName: 'k8s-shop-web-0123456789abcdef.elb.eu-west-1.amazonaws.com',
      loadBalancerArn:
        'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/k8s-shop-web/0123456789abcdef',
      targetGroupArn,
      servicePort: '80',
      controller: 'aws-load-balancer-controller',
    },
  ];
  slices.targetGroupBindings = [
    {
      metadata: metadata('k8s-shop-web-0123456789', 'shop'),
      spec: { targetGroupARN: targetGroupArn, serviceRef: { name: 'web', port: 80 } },
    },
  ];
  change(facts);
  const inventory = { account: facts.account, region: facts.region, clusters: [], gaps: [] };
  return assess({ run, inventory: inventory as never, facts: [facts] }).report;
}

/** The Deployment of the controller, with so many replicas and so many of them available, and a Lease of so many seconds ago. */
const controller =
  ([replicas, available]: [number, number], renewedSecondsAgo: number) =>
  ({ slices, takenAt }: Facts): void => {
    const [workload] = slices.workloads;
    if (workload === undefined) throw new Error('the sample has no workload');
    slices.workloads.push({
      ...workload,
      metadata: {
        ...metadata('aws-load-balancer-controller', 'kube-system'),
        labels: { 'app.kubernetes.io/name': 'aws-load-balancer-controller' },
      },
      spec: { ...workload.spec, replicas },
      status: { ...workload.status, availableReplicas: available },
    });
    const renewTime = new Date(Date.parse(takenAt) - renewedSecondsAgo * 1000).toISOString();
    slices.leases = [
      { metadata: metadata('aws-load-balancer-controller-leader', 'kube-system'), spec: { renewTime } },
    ] as never;
  };

const stepsOf = (report: Report): string[] => report.diagnoses[0]?.fix.map(({ text }) => text) ?? [];

describe('a fix that leaves the work to a controller', () => {
  test.each<[string, (facts: Facts) => void, RegExp, RegExp]>([
    [
      'is scaled to zero',
      controller([0, 0], 900),
      /^Start the .* it is scaled to zero/,
      /scale deployment .* --replicas=2/,
    ],
    ['does not come up', controller([2, 0], 900), /^Find out why .* no replica is available/, /describe deployment/],
    ['has no leader', controller([2, 2], 900), /^Restart the .* none of its replicas is the leader/, /rollout restart/],
  ])('begins with the controller where it %s', (_, change, text, command) => {
    const report = reportOn('load-balancer', change);
    const changing = report.diagnoses[0]?.fix.slice(1) ?? [];
    expect(changing[0]).toMatchObject({ text: expect.stringMatching(text), command: expect.stringMatching(command) });
    expect(changing[1]?.text).toMatch(/^Remove the TargetGroupBinding/);
  });

  test('goes on as it is where the controller works, or is not seen', () => {
    for (const change of [controller([2, 2], 2), () => {}])
      expect(stepsOf(reportOn('load-balancer', change)).join('\n')).not.toMatch(/first:|start it first/);
  });
});

describe('a target group that does not exist', () => {
  test('is shown without settings, listeners, packets or counts that nobody read', () => {
    const report = reportOn('target-group');
    expect(report.groups).toMatchObject([{ missing: true, served: 'unserved' }]);
    expect(report.groups[0]?.chain).toBeUndefined();
    const texts = [
      renderText(report, { width: 100, color: false, verbose: true }),
      renderMarkdown(report),
      renderHtml(report),
    ];
    for (const text of texts)
      expect(text).not.toMatch(/ip targets|TCP 80\b|<b>not read|within 0 s|No packet had to|0 of 0 targets/);
    expect(texts[2]).toMatch(/targets healthy, 1 target group missing/);
    expect(texts[2]).toMatch(/<span>missing<\/span>/);
  });

  test('leaves the DNS name of the load balancer as it is, and a load balancer that is gone does not', () => {
    expect(stepsOf(reportOn('target-group')).join('\n')).not.toMatch(/DNS/);
    expect(stepsOf(reportOn('load-balancer')).at(-1)).toMatch(/a new load balancer has a new DNS name/);
  });
});

describe('a Service whose status names no load balancer', () => {
  const forgotten = (by: 'binding' | 'event' | 'finalizer', ...notes: string[]): Report =>
    reportOn('target-group', ({ slices }) => {
      slices.loadBalancers = [];
      const [lost] = slices.lostBackends;
      if (lost === undefined) throw new Error('nothing is lost');
      const { hostName: _, loadBalancerArn: __, targetGroupArn: arn, servicePort, ...rest } = lost;
      if (by !== 'binding') slices.targetGroupBindings = [];
      slices.lostBackends = [
        { ...rest, by, ...(by === 'binding' && arn && servicePort && { targetGroupArn: arn, servicePort }) },
      ];
      for (const { metadata: own } of slices.services) own.creationTimestamp = '2026-11-01T00:00:00Z';
      for (const note of notes)
        slices.events.push({
          regarding: { kind: 'Service', namespace: 'shop', name: 'web' },
          reason: 'FailedDeployModel',
          note,
          count: 3,
          lastSeen: '2026-11-20T11:50:00Z',
        } as (typeof slices.events)[number]);
    });

  test.each([
    ['binding', 'confirmed', /a TargetGroupBinding is left, and that of port 80 names arn:/],
    ['event', 'probable', /its controller reported that it had made one, and no target group/],
    [
      'finalizer',
      'possible',
      /by the finalizer, and no target group of the account is of this Service; no event tells of an error/,
    ],
  ] as const)('is unserved by %s: %s', (by, confidence, saw) => {
    const { diagnoses, groups } = forgotten(by);
    expect(groups.map(({ served }) => served)).toEqual(['unserved']);
    expect(diagnoses).toMatchObject([
      { verdict: 'unhealthy', cause: 'deleted-outside-kubernetes', confidence, severity: 'critical' },
    ]);
    expect(diagnoses[0]?.evidence[0]?.saw).toMatch(saw);
  });

  test('is unexplained where its controller reports why it makes nothing', () => {
    const { diagnoses, groups } = forgotten('finalizer', 'couldn’t find a subnet');
    expect(groups.map(({ served }) => served)).toEqual(['unserved']);
    expect(diagnoses).toMatchObject([{ verdict: 'unexplained', severity: 'critical' }]);
    expect(diagnoses[0]?.evidence[0]?.saw).toMatch(
      /neither load balancer nor target group; event FailedDeployModel \(3 times\): couldn’t/,
    );
  });
});
