import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../core/model/report.ts';
import { renderCsv } from '../../../core/render/machine/csv.ts';
import { crashReport, expectedReport } from './crash-report.ts';

const read = (report: Report): Record<string, string>[] =>
  parse(renderCsv(report), { columns: true, record_delimiter: '\r\n' });

/** The report with another name for the Service, as tags may carry it. */
const named = (service: string): Report => {
  const report = crashReport();
  return { ...report, diagnoses: report.diagnoses.map((diagnosis) => ({ ...diagnosis, service })) };
};

describe('the report as CSV', () => {
  test('has a row for every diagnosis under the names of its columns', () => {
    const report = crashReport();
    expect(read(report)).toEqual([
      expect.objectContaining({
        verdict: 'unhealthy',
        cause: 'pod-crashloop',
        namespace: 'shop',
        service: 'web',
        healthyTargets: '1',
        allTargets: '2',
        targets: '10.0.0.100:8080',
        command: expect.stringMatching(/^kubectl /),
        fingerprint: report.diagnoses[0]?.fingerprint,
      }),
    ]);
  });

  test('has the row of names alone where nothing was found', () => {
    expect(renderCsv({ ...crashReport(), diagnoses: [] })).toMatch(/^verdict,severity,cause,[a-zA-Z,]+\r\n$/);
  });

  test('ends every line with CR LF', () => {
    const text = renderCsv(expectedReport());
    expect(text.split('\r\n').length).toBeGreaterThan(2);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('keeps a text of several lines on one line', () => {
    expect(read(crashReport('first\nsecond'))[0]?.['saw']).toContain('first second');
  });

  test.each(['say "hi", twice', 'one,two'])('keeps %j in its cell', (lastWords) => {
    expect(read(crashReport(lastWords))[0]?.['saw']).toContain(lastWords);
  });

  test.each(['=cmd|"/c calc"!A0', '+1+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\uFF1D1+1', ' =1+1'])(
    'gives a spreadsheet no formula for %j',
    (service) => {
      const cell = read(named(service))[0]?.['service'] ?? '';
      expect(cell).toContain(service.trim().slice(1));
      expect(cell).not.toMatch(/^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/);
    },
  );
});
