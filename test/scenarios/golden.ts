import { fileURLToPath } from 'node:url';
import type { Report } from '../../core/report.ts';

/** Where the golden diagnoses of a scenario are kept. */
export const goldenPath = (id: string): string => fileURLToPath(new URL(`../golden/${id}.json`, import.meta.url));

/** The diagnoses as they are kept; probe times, which differ from run to run, are rounded to whole seconds. */
export const goldenOf = ({ diagnoses }: Report): string =>
  `${JSON.stringify(diagnoses, null, 2).replace(/(\d+)\.\d s\b/g, '$1 s')}\n`;
