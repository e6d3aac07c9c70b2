import { describe, expect, test } from 'vitest';
import { renderOcsf } from '../../../core/render/machine/ocsf.ts';
import { crashReport, expectedReport } from './crash-report.ts';

describe('the report as OCSF', () => {
  test('has every attribute that Detection Finding 1.6.0 requires', () => {
    const findings = JSON.parse(renderOcsf(crashReport()));
    expect(findings).toHaveLength(1);
    // Required attributes of events/findings/detection_finding.json and of what it extends, in ocsf-schema 1.6.0.
    expect(findings[0]).toMatchObject({
      activity_id: 1,
      category_uid: 2,
      class_uid: 2004,
      type_uid: 200401,
      severity_id: 5,
      time: Date.parse('2026-11-20T12:00:02Z'),
      finding_info: { title: expect.any(String), uid: expect.any(String) },
      metadata: { version: '1.6.0', product: { vendor_name: expect.any(String) } },
      cloud: { provider: 'AWS' },
    });
  });

  test('is an alert where something is wrong, and names what it is about', () => {
    const report = crashReport();
    const [{ is_alert, resources, finding_info, remediation }] = JSON.parse(renderOcsf(report));
    expect(is_alert).toBe(true);
    expect(finding_info.analytic).toMatchObject({ uid: 'pod-crashloop', type_id: 1 });
    expect(resources.map(({ uid }: { uid: string }) => uid)).toEqual([
      report.diagnoses[0]?.targetGroupArn,
      report.diagnoses[0]?.loadBalancerArn,
      'shop/shop/web',
    ]);
    expect(remediation.desc).toContain('cluster/shop --namespace shop logs web-1');
  });

  test('tells of no expected state', () => {
    const report = expectedReport();
    expect(report.diagnoses.map(({ verdict }) => verdict)).toEqual(['expected']);
    expect(JSON.parse(renderOcsf(report))).toEqual([]);
  });
});
