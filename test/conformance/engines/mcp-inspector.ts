import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inspectorFolder, inspectorVersion } from '../../../scripts/conformance/install-programs.ts';
import type { Engine } from '../engine.ts';

/** The inspector of the Model Context Protocol, which speaks to a server and judges the schemas of its tools. */
export function findEngine(): Engine<{ program: string }> {
  const inspector = 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js';
  const program = join(inspectorFolder(), inspector);
  return existsSync(program)
    ? { found: true, version: inspectorVersion, program }
    : { found: false, why: 'it could not be installed', remedy: 'npm run conformance -- mcp-inspector installs it' };
}
