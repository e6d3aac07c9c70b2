import { parseKey } from '../../model/fingerprint.ts';
import type { Severity } from '../../model/severity.ts';
import type { Message } from '../../notification/message.ts';
import type { SummaryLine } from '../../notification/summary-line.ts';
import { headline, severityOf } from '../headline.ts';
import { inert } from '../inert.ts';
import { byteLength, clampBytes } from './byte-length.ts';
import { consoleLink } from './console-link.ts';
import { type MessageWords, messageWords } from './message-words.ts';
import { expiryOf, reportLinkOf } from './report-link.ts';

/** An event of PagerDuty without its routing key (PagerDuty, "Events API v2"). */
export interface PagerDutyEvent {
  event_action: 'trigger' | 'resolve';
  dedup_key: string;
  payload?: {
    summary: string;
    source: string;
    severity: 'critical' | 'error' | 'warning' | 'info';
    timestamp: string;
    component?: string;
    group?: string;
    class?: string;
    custom_details: Record<string, unknown>;
  };
  links?: { href: string; text: string }[];
}

const severities: Record<Severity, 'critical' | 'error' | 'warning' | 'info'> = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  low: 'warning',
  info: 'info',
};

/** PagerDuty takes 1,024 characters of summary, 255 of key and 512 KB in all. */
const longestSummary = 1000;
const longestKey = 255;
const longestLine = 4000;
const mostSteps = 10;

/**
 * The events of a message: an incident triggers an alert under its key, and resolves it. Incidents that a summary told
 * in place of messages of their own trigger one each; a digest triggers nothing.
 */
export function renderPagerDuty(news: Message, reportUrl?: string): PagerDutyEvent[] {
  const message = inert(news);
  const { summary, fingerprint, transition } = message;
  if (summary?.kind === 'digest') return [];
  const given = linksOf(message, reportUrl);
  const links = given.length > 0 && { links: given };
  if (summary !== undefined) return summary.lines.map((line) => ({ ...triggerOfLine(line, message), ...links }));
  const dedup_key = dedupKeyOf(fingerprint);
  if (transition === 'resolved') return [{ event_action: 'resolve', dedup_key }];
  return [{ event_action: 'trigger', dedup_key, payload: payload(message), ...links }];
}

function payload(message: Message): NonNullable<PagerDutyEvent['payload']> {
  const { fingerprint, at, openedAt, diagnoses, accountName } = message;
  const words = messageWords(message);
  const [first] = diagnoses;
  return {
    summary: clampBytes(headline(message), longestSummary),
    source: clampBytes(first?.targetGroupArn ?? fingerprint, longestSummary),
    severity: severities[severityOf(message)],
    timestamp: at,
    ...(first?.service != null && { component: `${first.namespace}/${first.service}` }),
    ...(first?.cluster != null && { group: first.cluster }),
    class: first?.cause ?? 'unexplained',
    custom_details: {
      incident: fingerprint,
      'open since': openedAt,
      ...(accountName !== undefined && { account: accountName }),
      ...(words !== null && details(words)),
    },
  };
}

/** The report with until when its link opens, and the target group in the console. */
function linksOf(message: Message, reportUrl: string | undefined): NonNullable<PagerDutyEvent['links']> {
  const [first] = message.diagnoses;
  const console = first && consoleLink(first.targetGroupArn);
  const report = reportUrl === undefined ? [] : [reportLinkOf(message, reportUrl)];
  return [
    ...report.map(({ label, url }) => ({ href: url, text: [label, ...expiryOf(url)].join('. ') })),
    ...(console === undefined ? [] : [{ href: console, text: 'Target group in the console' }]),
  ];
}

function details(words: MessageWords): Record<string, unknown> {
  const short = (lines: string[]): string[] => lines.map((line) => clampBytes(line, longestLine));
  return {
    place: clampBytes(words.place, longestLine),
    cause: clampBytes(words.cause, longestLine),
    'target groups': short(words.groups),
    evidence: short(words.evidence),
    'not read': short(words.unknown),
    notes: short(words.notes),
    fix: words.fix
      .slice(0, mostSteps)
      .map(({ text, command }) => [...short([text]), ...(command === undefined ? [] : [wholeCommand(command)])]),
  };
}

/** A part of a command is another command. */
const wholeCommand = (command: string): string =>
  byteLength(command) > longestLine ? 'The command cannot be shown here unchanged; it is in the report.' : command;

const triggerOfLine = (line: SummaryLine, { at, accountName }: Message): PagerDutyEvent => ({
  event_action: 'trigger',
  dedup_key: dedupKeyOf(line.key),
  payload: {
    summary: clampBytes(`Unhealthy: ${line.services.join(', ')}: ${line.title}`, longestSummary),
    source: clampBytes(line.key, longestSummary),
    severity: severities[line.severity],
    timestamp: at,
    ...(line.cluster !== null && { group: line.cluster }),
    class: parseKey(line.key).cause,
    custom_details: {
      incident: line.key,
      'open since': line.openedAt,
      ...(accountName !== undefined && { account: accountName }),
      'more services': line.moreServices,
    },
  },
});

/** An incident's key is far shorter: account, Region, cluster of at most 100 characters, cause. */
const dedupKeyOf = (key: string): string => key.slice(0, longestKey);
