import type { Report } from '../model/report.ts';
import { renderHtml } from './html/page.ts';
import { renderCsv } from './machine/csv.ts';
import { renderJson } from './machine/json.ts';
import { renderJunit } from './machine/junit.ts';
import { renderOcsf } from './machine/ocsf.ts';
import { renderSarif } from './machine/sarif.ts';
import { renderMarkdown } from './text/markdown.ts';

/** The forms of a report that need no terminal, by the name that `--output` takes. */
export const outputs = {
  json: renderJson,
  html: renderHtml,
  markdown: renderMarkdown,
  sarif: renderSarif,
  junit: renderJunit,
  csv: renderCsv,
  ocsf: renderOcsf,
} satisfies Record<string, (report: Report) => string>;

export type Output = 'text' | keyof typeof outputs;
