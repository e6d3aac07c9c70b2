import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../core/model/report.ts';
import { renderJunit } from '../../../core/render/machine/junit.ts';
import { crashReport, expectedReport, unreadReport } from './crash-report.ts';

const read = (report: Report) => {
  const xml = renderJunit(report);
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  }).parse(xml).testsuites;
};

describe('the report as JUnit', () => {
  test('fails the case of a target group with a cause, and tells the cause', () => {
    const { testsuite, ...all } = read(crashReport());
    expect(all).toEqual({ name: 'eks-nlb-auditor', tests: '1', failures: '1', errors: '0', skipped: '0' });
    expect(testsuite).toHaveLength(1);
    const [{ testcase, ...suite }] = testsuite;
    expect(suite).toMatchObject({ name: 'shop', tests: '1', failures: '1', timestamp: '2026-11-20T12:00:00' });
    expect(testcase[0]).toMatchObject({ classname: 'shop.shop.web', name: 'k8s-shop-web-0123456789' });
    expect(testcase[0].failure.type).toBe('pod-crashloop');
    expect(testcase[0].failure['#text']).toContain('1 of 2 targets healthy');
  });

  test('passes an expected state and says it', () => {
    const { failures, testsuite } = read(expectedReport());
    expect(failures).toBe('0');
    expect(testsuite[0].testcase[0]['system-out']).toContain('etp-local-no-local-pod');
  });

  test('skips what was not read, so that it is not taken for healthy', () => {
    const { skipped, testsuite } = read(unreadReport());
    expect(skipped).toBe('1');
    expect(testsuite[0].testcase[0].skipped.message).toContain('could not be read');
  });

  test.each([']]></failure><x a="1">', '&lt;&#0;&', '\'"><!--'])('holds %j as text', (lastWords) => {
    const xml = renderJunit(crashReport(lastWords));
    expect(XMLValidator.validate(xml)).toBe(true);
    const { failure } = read(crashReport(lastWords)).testsuite[0].testcase[0];
    expect(Object.keys(failure)).toEqual(['#text', 'type', 'message']);
  });

  test('has no character that XML 1.0 does not know', () => {
    const xml = renderJunit(crashReport('bell \u0007, escape \u001b[2J, \uFFFE, half \uD800 pair'));
    expect(xml).toContain('bell \uFFFD, escape \uFFFD[2J, \uFFFD, half \uFFFD pair');
  });
});
