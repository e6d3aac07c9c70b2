import { parse } from 'csv-parse/sync';
import type { Report } from '../../core/model/report.ts';
import type { Message } from '../../core/notification/message.ts';
import { renderAmazonQ } from '../../core/render/message/amazon-q.ts';
import { renderEventBridge } from '../../core/render/message/event-bridge.ts';
import { renderPagerDuty } from '../../core/render/message/pager-duty.ts';
import { renderSlack } from '../../core/render/message/slack.ts';
import { renderSlackIncident } from '../../core/render/message/slack-incident.ts';
import { renderSns } from '../../core/render/message/sns.ts';
import { renderTeams } from '../../core/render/message/teams.ts';
import { outputs } from '../../core/render/outputs.ts';
import { renderText } from '../../core/render/text/text.ts';

const vpcId = 'vpc-0aaaaaaaaaaaaaa01';

/** Every text of a medium as its reader sees and copies it. */
type Shown = (report: Report, message: Message) => string[];

/** Every medium that shows commands. */
export const media: Record<string, Shown> = {
  text: (report) => [renderText(report, { color: false, width: 80, verbose: true })],
  markdown: (report) => [outputs.markdown(report)],
  html: (report) =>
    [...outputs.html(report).matchAll(/<pre[^>]*>((?:[^<]|<\/?i>)*)<\/pre>/g)].map(([, text = '']) =>
      unescapeHtml(text.replace(/<\/?i>/g, '')),
    ),
  json: (report) => stepsIn(JSON.parse(outputs.json(report))),
  sarif: (report) => textsIn(JSON.parse(outputs.sarif(report))),
  ocsf: (report) => textsIn(JSON.parse(outputs.ocsf(report))),
  junit: (report) => [...outputs.junit(report).matchAll(/>([^<]*)</g)].map(([, text = '']) => unescapeHtml(text)),
  csv: (report) => parse(outputs.csv(report), { record_delimiter: '\r\n' }).flat(),
  slack: (_, message) => textsIn(renderSlack(message)).map(unescapeSlack),
  teams: (_, message) => textsIn(renderTeams(message)),
  'pager duty': (_, message) => textsIn(renderPagerDuty(message)),
  sns: (_, message) => [renderSns(message, { vpcId }).bodies.default],
  'sns for machines': (_, message) => stepsIn(JSON.parse(renderSns(message, { vpcId }).bodies.sqs)),
  'event bridge': (_, message) => stepsIn(JSON.parse(renderEventBridge(message, { vpcId }).Detail)),
};

/** Media that give no commands, and never should because of what a text holds. */
export const mediaWithoutCommands: Record<string, Shown> = {
  'slack incident': (_, message) => textsIn(renderSlackIncident(message, { buttonsFor: vpcId })).map(unescapeSlack),
  'amazon q': (_, message) => textsIn(renderAmazonQ(message)),
};

/** Lines that a reader could take for a command. */
export const commandsIn = (texts: string[]): string[] =>
  texts
    .flatMap((text) => text.split(/[\n\r\u2028\u2029\u0085]/))
    .map((line) => line.replace(/^[\s>|]*(to verify\s+)?(\$ )?(To verify: )?(```)?/, '').replace(/```$/, ''))
    .filter((line) => /^(aws|kubectl|helm|nlb-auditor|printf|curl|touch) /.test(line));

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
}

/** The commands of a medium for machines, which gives every other text as it was read. */
const stepsIn = (value: unknown): string[] =>
  value === null || typeof value !== 'object'
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        /^(command|verify)$/.test(key) ? [String(inner)] : stepsIn(inner),
      );

const unescapeHtml = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

const unescapeSlack = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
