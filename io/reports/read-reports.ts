import { closeSync, openSync, readSync } from 'node:fs';
import * as z from 'zod';
import { UserError } from '../../config/user-error.ts';
import { withoutDetails, withoutTexts } from '../../core/lifecycle/record-run.ts';
import type { Diagnosis } from '../../core/model/diagnosis.ts';
import type { GroupSummary, Report } from '../../core/model/report.ts';
import { explainShape } from '../explain-shape.ts';
import { isSpace, parseReport } from './parse-report.ts';

// Not looked into: a copy of a report of thousands of target groups would take as much memory again.
const list = z.custom<object[]>(
  (value) => Array.isArray(value) && value.every((each) => each?.constructor === Object),
  {
    error: 'expected a list of objects',
  },
);
const shape = z.looseObject({
  schemaVersion: z.literal(1),
  run: z.looseObject({ id: z.string(), account: z.string(), region: z.string(), finishedAt: z.iso.datetime() }),
  coverage: z.looseObject({ gaps: list }),
  groups: list,
  diagnoses: list,
});

/** Where a report is in a file: reports of months do not fit into memory together. */
export interface FiledReport {
  /** `<account>/<region>`. */
  scope: string;
  /** Epoch milliseconds. */
  finishedAt: number;
  path: string;
  /** Bytes from the start of the file. */
  start: number;
  end: number;
}

/** Reads reports from files. One buffer serves for all of them: a report of thousands of target groups has tens of MB. */
export interface ReportReader {
  /**
   * Finds the reports in these files, the oldest first: in each one report, or one on each line, as `audit --output json` writes
   * them. Throws a UserError that names the file and what is wrong with it.
   */
  find(paths: string[]): FiledReport[];
  /** Of the report that was found there what decides who is told what. */
  read(filed: FiledReport): Report;
}

/** Opens a reader of reports. */
export function reportReader(): ReportReader {
  let buffer = Buffer.alloc(0);
  const bytesIn = (file: number, { start, end }: Span): Buffer => {
    if (buffer.length < end - start) buffer = Buffer.alloc(end - start);
    return buffer.subarray(0, readSync(file, buffer, 0, end - start, start));
  };
  return {
    find: (paths) => paths.flatMap((path) => reportsIn(path, bytesIn)).toSorted((a, b) => a.finishedAt - b.finishedAt),
    read: ({ path, ...span }) => inFile(path, (file) => parseReport(bytesIn(file, span), whatDecides)) as Report,
  };
}

type BytesIn = (file: number, span: Span) => Buffer;

const whatDecides = {
  groups: (group: object) => withoutDetails(group as GroupSummary),
  diagnoses: (diagnosis: object) => withoutTexts(diagnosis as Diagnosis),
};

/** For a first look at a report: its lists are read and not kept. */
const nothing = { groups: () => ({}), diagnoses: () => ({}) };

function reportsIn(path: string, bytesIn: BytesIn): FiledReport[] {
  const remedy = 'write reports with `nlb-auditor audit --output json >> FILE`.';
  const found: FiledReport[] = [];
  const examine = ({ start, end }: Span, bytes: Buffer): void => {
    const parsed = shape.safeParse(parseReport(bytes, nothing));
    if (!parsed.success) {
      throw new UserError(`${path}: report ${found.length + 1} is none: ${explainShape(parsed.error)}; ${remedy}`);
    }
    const { account, region, finishedAt } = parsed.data.run;
    found.push({ scope: `${account}/${region}`, finishedAt: Date.parse(finishedAt), path, start, end });
  };
  try {
    inFile(path, (file) => {
      for (const span of spansIn(file)) {
        const bytes = bytesIn(file, span);
        if (bytes.some((byte) => !isSpace(byte))) examine(span, bytes);
      }
    });
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${path} could not be read as reports: ${reason}; ${remedy}`, { cause });
  }
  return found;
}

/** Bytes of a file. */
type Span = Pick<FiledReport, 'start' | 'end'>;

const [lineFeed, brace] = [0x0a, 0x7b];

/** JSON documents one after the other, each on one line or indented: each begins with a brace at the start of a line. */
function spansIn(file: number): Span[] {
  const block = Buffer.alloc(2 ** 20);
  const starts = [0];
  let [offset, last] = [0, lineFeed];
  for (;;) {
    const length = readSync(file, block, 0, block.length, offset);
    if (length === 0) break;
    for (let at = block.indexOf(brace); at >= 0 && at < length; at = block.indexOf(brace, at + 1)) {
      if ((at === 0 ? last : block[at - 1]) === lineFeed && offset + at > 0) starts.push(offset + at);
    }
    last = block[length - 1] ?? lineFeed;
    offset += length;
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? offset }));
}

function inFile<Value>(path: string, work: (file: number) => Value): Value {
  const file = openSync(path, 'r');
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}
