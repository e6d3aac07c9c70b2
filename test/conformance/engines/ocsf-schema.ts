import { spawnSync } from 'node:child_process';
import { ocsfFolder } from '../../../scripts/conformance/install-programs.ts';
import type { Engine } from '../engine.ts';

const program = `
import json
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version='1.6.0'))
print(json.dumps(schema.get_class_schema('detection_finding', ['cloud'])))
`;

/** The Open Cybersecurity Schema Framework as JSON Schema: the class Detection Finding with the cloud profile. */
export function findEngine(): Engine<{ schema: object }> {
  const env = { ...process.env, PYTHONPATH: ocsfFolder() };
  const options = { encoding: 'utf8', env, maxBuffer: 2 ** 26 } as const;
  const { status, stdout } = spawnSync('python3', ['-c', program], options);
  if (status !== 0) {
    return { found: false, why: 'ocsf-json-schema is not installed', remedy: 'npm run conformance installs it' };
  }
  return { found: true, version: '1.6.0', schema: JSON.parse(stdout) };
}
