import type { Report } from '../report.ts';
import { renderCsv } from './csv.ts';
import { renderHtml } from './html/page.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderOcsf } from './ocsf.ts';
import { renderSarif } from './sarif.ts';

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
