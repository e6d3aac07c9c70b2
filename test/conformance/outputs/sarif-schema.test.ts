import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { renderSarif } from '../../../core/render/machine/sarif.ts';
import { findEngine } from '../engines/sarif-schema.ts';
import { demoReport } from './report.ts';

const engine = findEngine();

describe.skipIf(!engine.found)('sarif-schema', () => {
  test('the report as SARIF is as its schema has it', async () => {
    if (!engine.found) return;
    const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const validate = ajv.compile(engine.schema);
    const log = JSON.parse(renderSarif(await demoReport('127.50')));
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    expect(log.runs[0].results.length).toBeGreaterThan(8);
    log.runs[0].results[0].level = 'loud';
    expect(validate(log)).toBe(false);
  });
});
