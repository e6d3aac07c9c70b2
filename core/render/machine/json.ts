import type { Report } from '../../model/report.ts';

/** The report for a machine; its shape is `docs/report.schema.json`. */
export const renderJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
