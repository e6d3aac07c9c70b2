import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { UserError } from '../../config/user-error.ts';
import type { Report } from '../../core/model/report.ts';

const list = z.array(z.looseObject({}));
const shape = z.looseObject({
  schemaVersion: z.literal(1),
  run: z.looseObject({ id: z.string(), account: z.string(), region: z.string(), finishedAt: z.iso.datetime() }),
  coverage: z.looseObject({ gaps: list }),
  groups: list,
  diagnoses: list,
});

/**
 * The reports in these files, the oldest first: in each one report, or one on each line, as `audit --output json` writes
 * them. Throws a UserError that names the file and what is wrong with it.
 */
export const readReports = (paths: string[]): Report[] =>
  paths.flatMap(reportsIn).toSorted((a, b) => Date.parse(a.run.finishedAt) - Date.parse(b.run.finishedAt));

function reportsIn(path: string): Report[] {
  const remedy = 'write reports with `nlb-auditor audit --output json >> FILE`.';
  let content: unknown[];
  try {
    content = documentsIn(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`${path} could not be read as reports: ${reason}; ${remedy}`, { cause });
  }
  return content.map((document, index) => {
    const parsed = shape.safeParse(document);
    if (parsed.success) return parsed.data as unknown as Report;
    const [issue] = parsed.error.issues;
    throw new UserError(
      `${path}: report ${index + 1} is none: ${issue?.path.join('.') || 'the whole of it'}: ${issue?.message}; ${remedy}`,
    );
  });
}

/** JSON documents one after the other, each on one line or indented. */
function documentsIn(text: string): unknown[] {
  const documents = text.split(/^(?=\{)/m).filter((part) => part.trim() !== '');
  return documents.map((document) => JSON.parse(document));
}
