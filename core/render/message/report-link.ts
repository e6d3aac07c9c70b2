import type { Message } from '../../notification/message.ts';
import { causeAnchor } from '../html/cause-anchor.ts';
import { minute } from '../minute.ts';

/** Where a message leads in the report: our own label, and the address. */
export interface ReportLink {
  label: string;
  url: string;
}

/** The report at the cause of the message; the whole report where the message is about several or the cause is over. */
export function reportLinkOf({ diagnoses: [first], transition }: Message, reportUrl: string): ReportLink {
  if (first === undefined || transition === 'resolved') return { label: 'Whole report', url: reportUrl };
  return { label: 'This cause in the report', url: `${reportUrl}#${causeAnchor(first.cause)}` };
}

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
