import type { Diagnosis } from '../../model/diagnosis.ts';
import { causeAnchor } from '../html/cause-anchor.ts';
import { minute } from '../minute.ts';

/** The report at the place that tells of this cause. */
export const linkToCause = (reportUrl: string, { cause }: Pick<Diagnosis, 'cause'>): string =>
  `${reportUrl}#${causeAnchor(cause)}`;

const parameters = /[?&]X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*?[?&]X-Amz-Expires=(\d+)/;

/**
 * Until when a signed link opens: not longer than its own parameters say (Signature Version 4, "Query parameters"), and not
 * longer than the credentials of the function that signed it, which live for some hours. Empty for a link that is not signed.
 */
export function expiryOf(reportUrl: string): string[] {
  const [, year, month, day, hour, min, second, seconds] = parameters.exec(reportUrl) ?? [];
  if (year === undefined) return [];
  const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${min}:${second}Z`);
  const end = new Date(signedAt + Number(seconds) * 1000).toISOString();
  return [`The link to the report opens for some hours, until ${minute(end)} at the latest`];
}
