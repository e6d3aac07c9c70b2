import type { Report } from '../../model/report.ts';
import { jsonText } from './json-text.ts';

/** The report for a machine; its shape is `docs/report.schema.json`. */
export const renderJson = (report: Report): string => `${jsonText(report, 2)}\n`;
