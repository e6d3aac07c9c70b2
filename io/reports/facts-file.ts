import { readFileSync, statSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { UserError } from '../../config/user-error.ts';
import type { Gap, GapScope } from '../../core/model/gap.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { Observation } from '../../core/model/observation.ts';
import { emptySlices, kubernetesSlices, type SliceName } from '../../core/model/slices.ts';
import { explainShape } from '../explain-shape.ts';
import { JsonOutOfBounds, parseJson } from '../parse-json.ts';

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

/** Bytes of a file; V8 has no longer text (`buffer.constants.MAX_STRING_LENGTH`). */
const mostBytes = 2 ** 29 - 24;

function textOf(path: string): string {
  try {
    if (statSync(path).size > mostBytes) {
      throw new Error('it has more than 512 MiB, collect a part of the clusters with --cluster');
    }
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The content of such a file; `path` is for the UserError. */
export function parseFacts(text: string, path: string): FactsFile {
  const parsed = shape.safeParse(jsonOf(text, path));
  if (!parsed.success) throw new UserError(`${path} is not a facts file: ${explainShape(parsed.error)}; ${remedy}`);
  return withLostFacts(withYoungSlices(parsed.data as unknown as FactsFile));
}

function jsonOf(text: string, path: string): unknown {
  try {
    return parseJson(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The parser's own message repeats a part of the file, which may be any other one.
    const why = error instanceof JsonOutOfBounds ? `it ${error.message}` : whyNoJson(text);
    throw new UserError(`${path} could not be read as a facts file: ${why}; ${remedy}`);
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

/** With a gap for each cluster, and one for all target groups, that the inventory has and of which the file holds nothing: they were not found to be well. */
function withLostFacts(file: FactsFile): FactsFile {
  const inventory: FactsFile['inventory'] & Partial<Pick<Inventory, 'scope' | 'targetGroups'>> = file.inventory;
  const { scope, targetGroups = [] } = inventory;
  const held = new Set(
    file.facts.flatMap(({ cluster, slices }) => [cluster?.name, ...slices.targetGroups.map(({ arn }) => arn)]),
  );
  // A run about a part of the account lists more than it is about.
  const isWhole = scope?.clusters === undefined && scope?.services === undefined;
  const groups = isWhole ? targetGroups.filter(({ arn }) => !held.has(arn)).length : 0;
  const gaps = [
    ...inventory.clusters.flatMap(({ name }) =>
      held.has(name) ? [] : leftOut('clusters', { kind: 'cluster', name }, `the cluster ${name}`),
    ),
    ...(groups > 0
      ? [leftOut('targetGroups', { kind: 'all' }, groups === 1 ? 'a target group' : `${groups} target groups`)]
      : []),
  ];
  return gaps.length === 0 ? file : { ...file, inventory: { ...inventory, gaps: [...inventory.gaps, ...gaps] } };
}

const leftOut = (slice: Gap['slice'], scope: GapScope, what: string): Gap => ({
  slice,
  scope,
  reason: 'invalid',
  action: 'read the facts file',
  message: `the file names ${what} and holds no facts of it`,
  remedy: 'Collect the facts again, and examine the file as it was written.',
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
