import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { UserError } from '../../config/user-error.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { Observation } from '../../core/model/observation.ts';
import { emptySlices, kubernetesSlices, type SliceName } from '../../core/model/slices.ts';

/** What one run observed, as it is kept in a file. */
export interface FactsFile extends Observation {
  schemaVersion: 1;
}

const list = z.array(z.looseObject({}));
/** Slices that files of earlier releases lack: what they held was not read then. */
const youngSlices: SliceName[] = [
  'enginePolicies',
  'nodeClasses',
  'gatewayConfigurations',
  'endpointServices',
  'metrics',
  'changes',
  'flowLogs',
  'addOns',
  'capabilities',
  'lostBackends',
];
/** Those of them that are there only where that is configured, something is missing or a finding is about them: that a file lacks them hides nothing. */
const onRequest: SliceName[] = ['metrics', 'changes', 'flowLogs', 'addOns', 'capabilities', 'lostBackends'];
const sliceNames = Object.keys(emptySlices()).filter((name) => !(youngSlices as string[]).includes(name));
const shape = z.looseObject({
  schemaVersion: z.literal(1),
  run: z.looseObject({ id: z.string(), startedAt: z.iso.datetime(), finishedAt: z.iso.datetime() }),
  inventory: z.looseObject({ account: z.string(), region: z.string(), clusters: list, gaps: list }),
  facts: z.array(
    z.looseObject({
      schemaVersion: z.literal(1),
      takenAt: z.iso.datetime(),
      owners: list,
      slices: z.looseObject(Object.fromEntries(sliceNames.map((name) => [name, list]))),
      gaps: list,
    }),
  ),
});

/** Writes the file, readable by its owner alone. Throws a UserError where it can't be written. */
export function writeFacts(path: string, file: FactsFile): void {
  try {
    writeFileSync(path, `${JSON.stringify(file)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new UserError(
      `the facts could not be written to ${path}: ${reason(cause)}; name a file in a folder that exists and is yours.`,
      { cause },
    );
  }
}

const remedy = 'write one with `nlb-auditor audit --save-facts FILE`.';

/** Reads a file that writeFacts made. Throws a UserError that says what is wrong with another one. */
export const readFacts = (path: string): FactsFile => parseFacts(textOf(path), path);

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The content of such a file; `path` is for the UserError. */
export function parseFacts(text: string, path: string): FactsFile {
  const parsed = shape.safeParse(jsonOf(text, path));
  if (parsed.success) return withYoungSlices(parsed.data as unknown as FactsFile);
  const [issue] = parsed.error.issues;
  throw new UserError(
    `${path} is not a facts file: ${issue?.path.join('.') || 'the whole file'}: ${issue?.message}; ${remedy}`,
  );
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own message repeats a part of the file, which may be any other one.
    throw new UserError(`${path} could not be read as a facts file: ${whyNoJson(text)}; ${remedy}`);
  }
}

function whyNoJson(text: string): string {
  if (text.startsWith('\u001F\uFFFD')) return 'it is compressed, unpack it with gunzip';
  if (text.slice(0, 100).includes('\0')) return 'it is not encoded as UTF-8';
  return 'it is not JSON';
}

const unreadable = (path: string, cause: unknown): UserError =>
  new UserError(`${path} could not be read as a facts file: ${reason(cause)}; ${remedy}`, { cause });

const withYoungSlices = (file: FactsFile): FactsFile => ({
  ...file,
  facts: file.facts.map((facts) => {
    const missing = youngSlices.filter((name) => facts.slices[name] === undefined);
    if (missing.length === 0) return facts;
    const ofNobody = facts.cluster === null ? [...onRequest, ...kubernetesSlices] : onRequest;
    const hidden = missing.filter((name) => !ofNobody.includes(name));
    return {
      ...facts,
      slices: { ...facts.slices, ...Object.fromEntries(missing.map((name) => [name, []])) },
      gaps: [...facts.gaps, ...hidden.map(olderThan)],
    };
  }),
});

const olderThan = (slice: SliceName): Gap => ({
  slice,
  scope: { kind: 'all' },
  reason: 'not-requested',
  action: `read ${slice}`,
  message: 'the facts file comes from a release that did not read this',
  remedy: 'Collect the facts again with this release.',
});

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
