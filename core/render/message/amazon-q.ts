import type { Message } from '../../notification/message.ts';
import { inert } from '../inert.ts';
import { accountOf } from './account.ts';
import { messageWords } from './message-words.ts';
import { expiryOf, type ReportLink, reportLinkOf } from './report-link.ts';
import { slackText } from './slack-text.ts';
import { summaryWords } from './summary-words.ts';

/** A custom notification of Amazon Q Developer in chat applications (its administrator guide, "Custom notifications"). */
export interface AmazonQNotification {
  version: '1.0';
  source: 'custom';
  id: string;
  content: {
    textType: 'client-markdown';
    title: string;
    description: string;
    nextSteps?: string[];
    keywords?: string[];
  };
  metadata: {
    threadId: string;
    summary: string;
    eventType: string;
    relatedResources?: string[];
    additionalContext?: Record<string, string>;
  };
}

/** Characters; the guide names no limits that could be read, so these are kept small. */
const longestTitle = 200;
const longestDescription = 3000;
const mostSteps = 5;
const mostResources = 10;

/** The same incident is one thread: its fingerprint is the `threadId`. */
export function renderAmazonQ(given: Message, reportUrl?: string): AmazonQNotification {
  const message = inert(given);
  const words = messageWords(message);
  const summary = message.summary === undefined ? null : summaryWords(message.summary);
  const [first] = message.diagnoses;
  const title = summary?.headline ?? (words === null ? message.fingerprint : `${words.state}: ${words.title}`);
  const paragraphs =
    summary?.lines.map(({ text }) => text) ??
    (words === null ? [] : [[words.place, ...words.groups, ...words.notes].join('\n'), ...evidenceOf(message, words)]);
  const link = reportUrl === undefined ? [] : [linkTo(reportLinkOf(message, reportUrl)), ...expiryOf(reportUrl)];
  const steps = message.transition === 'resolved' ? [] : (words?.fix ?? []).slice(0, mostSteps);
  const resources = [...new Set(message.diagnoses.map(({ targetGroupArn }) => targetGroupArn))].slice(0, mostResources);
  return {
    version: '1.0',
    source: 'custom',
    id: message.key,
    content: {
      textType: 'client-markdown',
      title: slackText(title, longestTitle),
      description: [
        slackText([...paragraphs, ...accountOf(message)].join('\n\n') || title, longestDescription),
        ...link,
      ].join('\n\n'),
      ...(steps.length > 0 && { nextSteps: steps.map(({ text }) => slackText(text, longestTitle)) }),
      ...(words !== null && { keywords: [words.severity, first?.cause ?? 'unexplained'] }),
    },
    metadata: {
      threadId: message.fingerprint,
      summary: slackText(title, longestTitle),
      eventType: message.transition,
      ...(resources.length > 0 && { relatedResources: resources }),
      ...(first?.cluster != null && { additionalContext: { cluster: first.cluster } }),
    },
  };
}

const linkTo = ({ label, url }: ReportLink): string => `[${label}](${url})`;

const evidenceOf = (message: Message, { cause, evidence }: NonNullable<ReturnType<typeof messageWords>>): string[] =>
  message.transition === 'resolved'
    ? [`Open since ${message.openedAt}`]
    : [`Cause: ${cause}`, ...(evidence.length > 0 ? [evidence.map((line) => `• ${line}`).join('\n')] : [])];
