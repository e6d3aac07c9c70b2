import { describe, expect, test } from 'vitest';
import type { Report } from '../../../core/model/report.ts';
import { renderSarif } from '../../../core/render/machine/sarif.ts';
import { crashReport, expectedReport, gap } from './crash-report.ts';

const read = (report: Report) => JSON.parse(renderSarif(report));

describe('the report as SARIF', () => {
  test('has a failing result that names its rule, its Service and its target group', () => {
    const report = crashReport();
    const { version, runs } = read(report);
    expect([version, runs.length]).toEqual(['2.1.0', 1]);
    const [{ tool, results }] = runs;
    const [result] = results;
    expect(results).toHaveLength(1);
    expect(tool.driver.rules[result.ruleIndex]).toMatchObject({ id: 'pod-crashloop', helpUri: expect.any(String) });
    expect(result).toMatchObject({ ruleId: 'pod-crashloop', kind: 'fail', level: 'error' });
    const [service, group] = result.locations[0].logicalLocations;
    expect(service.fullyQualifiedName).toBe('shop/shop/web');
    expect(group.fullyQualifiedName).toBe(report.diagnoses[0]?.targetGroupArn);
  });

  test('fingerprints stay where evidence changes', () => {
    const [[before], [after]] = [crashReport('gone'), crashReport('gone again')].map(
      (report) => read(report).runs[0].results,
    );
    expect(before.message.text).not.toBe(after.message.text);
    expect(before.partialFingerprints).toEqual(after.partialFingerprints);
  });

  test('has no level for what is expected', () => {
    const { results, tool } = read(expectedReport()).runs[0];
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ kind: 'informational', level: 'none' });
    expect(tool.driver.rules[0].defaultConfiguration.level).toBe('none');
  });

  test('says what was not read as a notification', () => {
    const { invocations, properties } = read(crashReport('gone', [gap])).runs[0];
    expect(properties.complete).toBe(false);
    expect(invocations[0].toolExecutionNotifications.map(({ message }: { message: object }) => message)).toEqual([
      { text: 'Not read (denied): nodes of shop. nodes is forbidden. Apply docs/rbac.yaml' },
    ]);
  });
});
