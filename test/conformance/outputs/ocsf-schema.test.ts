import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { renderOcsf } from '../../../core/render/machine/ocsf.ts';
import { findEngine } from '../engines/ocsf-schema.ts';
import { demoReport } from './report.ts';

const engine = findEngine();

describe.skipIf(!engine.found)('ocsf-schema', () => {
  test('every finding is a Detection Finding with the cloud profile', async () => {
    if (!engine.found) return;
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(engine.schema);
    const findings: Record<string, unknown>[] = JSON.parse(renderOcsf(await demoReport('127.51')));
    for (const finding of findings) {
      validate(finding);
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(findings.length).toBeGreaterThanOrEqual(8);
    const { metadata, ...rest } = findings[0] ?? {};
    expect(metadata).toBeDefined();
    expect(validate(rest)).toBe(false);
  });
});
