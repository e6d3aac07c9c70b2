import { basename, dirname, join } from 'node:path';
import { isDevice, splitEnding } from '../form.ts';

/** Whose report a file holds. */
export interface ReportedPlace {
  /** Empty where it is not known. */
  account: string;
  region: string;
}

/** `report.html` as `report-111122223333-eu-west-1.html`: a file of its own for each place. */
export function placedPath(path: string, { account, region }: ReportedPlace): string {
  if (isDevice(path)) return path;
  const [stem, ending] = splitEnding(basename(path));
  return join(dirname(path), `${[stem, account, region].filter((part) => part !== '').join('-')}${ending}`);
}
