import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../core/model/facts.ts';
import type { Report } from '../../../core/model/report.ts';
import { renderText } from '../../../core/render/text/text.ts';
import type { TextOptions } from '../../../core/render/text/text-options.ts';
import { verdictLine } from '../../../core/render/text/verdict-line.ts';
import { fail, instanceId, sampleFacts, takenAt, unready } from '../sample-facts.ts';
import { crashReport, expectedReport, reportOf, unreadReport } from './crash-report.ts';

const plain: TextOptions = { color: false, width: 100, verbose: false };
const render = (facts: Facts, options = plain) => renderText(reportOf(facts), options);

const broken = (): Facts => {
  const facts = sampleFacts({ policy: 'Local' });
  for (const group of facts.slices.securityGroups) if (group.name === 'nodes') group.rules = [];
  fail(facts.slices.targetHealth);
  return facts;
};

describe('the report on a terminal', () => {
  test('says what is wrong, where, how sure, and what mends it', () => {
    const text = render(broken());
    expect(text).toContain('✗ shop shop/web  0 of 3 targets healthy  critical');
    expect(text).toContain('No security group of the target admits the health check');
    expect(text).toContain('sg-target-missing-health-check-rule, confirmed');
    expect(text).toMatch(
      /\$ aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id sg-0000000000000000a/,
    );
    expect(text).toMatch(/1 cause on 1 Service\n$/);
  });

  test('keeps expected states apart from causes', () => {
    const [, after = ''] = render(broken()).split('Expected, no alarm');
    expect(after).toContain('etp-local-no-local-pod');
    expect(after).not.toContain('✗');
  });

  test('tells apart those that leave a zone without a healthy target', () => {
    const text = renderText(expectedReport({ crossZone: false }), plain);
    const [, after = ''] = text.split('Expected, but a zone has no healthy target');
    expect(after).toContain('etp-local-no-local-pod');
    expect(text).not.toContain('no alarm');
    expect(text).toMatch(/Nothing wrong, but 1 Service has a zone without a healthy target\n$/);
  });

  test('says once what many targets show', () => {
    const facts = sampleFacts();
    for (const name of ['web-1', 'web-2']) unready(facts, name);
    facts.slices.endpointSlices = [];
    fail(facts.slices.targetHealth);
    for (const { spec } of facts.slices.services) spec.selector = { app: 'wbe' };
    expect(render(facts).match(/selector app=wbe/g)).toHaveLength(1);
  });

  test.each([
    [{ seen: 0, audited: 0 }, 'No cause found by what AWS reports; no cluster is known here'],
    [{ seen: 1, audited: 0 }, 'No cause found by what AWS reports; none of 1 cluster could be read'],
    [{ seen: 2, audited: 0 }, 'No cause found by what AWS reports; none of 2 clusters could be read'],
  ])('does not call an account well of which it read no cluster: %j', (clusters, words) => {
    const text = renderText(reportOf(sampleFacts(), clusters), plain);
    expect(text).toContain(words);
    expect(text).not.toContain('Nothing wrong');
  });

  test('says that nothing is wrong', () => {
    expect(render(sampleFacts())).toMatch(/3 targets.*\n\nNothing wrong\n$/s);
  });

  test('is not green where something was not read, and names the remedy', () => {
    const facts = sampleFacts();
    facts.gaps.push({
      slice: 'nodes',
      scope: { kind: 'cluster', name: 'shop' },
      reason: 'denied',
      action: 'list nodes',
      message: 'nodes is forbidden',
      remedy: 'apply docs/rbac.yaml',
    });
    const text = render(facts);
    expect(text).toContain('denied nodes of shop');
    expect(text).toContain('nodes is forbidden. apply docs/rbac.yaml');
    expect(text).toContain('Nothing wrong in what could be read; not everything could');
  });

  test.each([60, 80])('fits %d columns, commands and long words aside', (width) => {
    for (const report of [reportOf(broken()), expectedReport({ crossZone: false }), unreadReport()]) {
      const lines = renderText(report, { ...plain, width, verbose: true }).split('\n');
      const long = lines.filter((line) => line.length > width && !line.includes('$ ') && line.trim().includes(' ', 14));
      expect(lines.length).toBeGreaterThan(3);
      expect(long).toEqual([]);
    }
  });

  describe('of many Services with the same cause', () => {
    const names = Array.from({ length: 60 }, (_, index) => `web-${String(index).padStart(2, '0')}`);
    const many = (): Report => {
      const report = crashReport();
      const copies = names
        .toReversed()
        .flatMap((name) =>
          report.diagnoses.map((each) => ({ ...each, service: name, fingerprint: `${each.fingerprint}/${name}` })),
        );
      return { ...report, diagnoses: copies };
    };

    test('has one line on the cause before any detail, and one of them in full', () => {
      const text = renderText(many(), plain);
      const [before = '', after = ''] = text.split('In short');
      expect(before.split('\n').length).toBeLessThan(5);
      expect(after.split('\n')[1]).toMatch(/✗ 60 Services in shop +critical +pod-crashloop/);
      expect(text.match(/ {2}saw /g)).toHaveLength(1);
      expect(text.split('\n').length).toBeLessThan(60 + 50);
    });

    test('says of how many kinds the causes of several clusters are', () => {
      const report = crashReport();
      const diagnoses = ['shop', 'prod'].flatMap((cluster) =>
        report.diagnoses.map((each) => ({
          ...each,
          cluster,
          fingerprint: each.fingerprint.replace(`/${each.cluster}/`, `/${cluster}/`),
        })),
      );
      expect(verdictLine({ ...report, diagnoses })).toBe('2 causes of 1 kind on 2 Services');
    });

    test('has where and cause whole in 60 columns, without the severity', () => {
      const [, after = ''] = renderText(many(), { ...plain, width: 60 }).split('In short');
      expect(after.split('\n')[1]).toMatch(/^ {2}✗ 60 Services in shop {2}pod-crashloop$/);
    });

    test('names every one of them, in order', () => {
      const text = renderText(many(), plain);
      const shown = [...text.matchAll(/shop\/(web-\d\d)/g)].map(([, name]) => name);
      expect([...new Set(shown)].toSorted()).toEqual(names);
      expect(shown.slice(-59)).toEqual(names.slice(1));
    });

    test('shows each in full where all evidence is asked for', () => {
      expect(renderText(many(), { ...plain, verbose: true }).match(/ {2}saw /g)).toHaveLength(60);
    });

    test('sums up in no more than a screen however many causes there are', () => {
      const report = many();
      const diagnoses = report.diagnoses.map((each, index) => ({ ...each, cause: `cause-${index}` }));
      const [, after = ''] = renderText({ ...report, diagnoses }, plain).split('In short');
      const [short = ''] = after.split('\n\n');
      expect(short.split('\n').length).toBeLessThan(24);
      expect(short).toContain('and 44 more causes');
    });
  });

  test('colours only on request', () => {
    expect(render(broken())).not.toContain('\u001b');
    expect(render(broken(), { ...plain, color: true })).toContain('\u001b[31m✗\u001b[0m');
  });

  test('does not let a log line steer the terminal', () => {
    const facts = sampleFacts({ targetType: 'ip' });
    for (const status of unready(facts, 'web-1').status.containerStatuses) {
      status.state = { waiting: { reason: 'CrashLoopBackOff' } };
      status.lastState = { terminated: { exitCode: 1, finishedAt: takenAt } };
    }
    fail(facts.slices.targetHealth, '10.0.0.100');
    facts.slices.podLogs = [
      { namespace: 'shop', pod: 'web-1', container: 'app', previous: true, lines: ['\u001b[2J\u0007gone'] },
    ];
    expect(render(facts)).toContain('\uFFFD[2J\uFFFDgone');
  });

  test('counts the targets of each cause', () => {
    expect(render(broken())).toContain(`targets     ${instanceId(0)}:31080, ${instanceId(1)}:31080`);
  });
});
