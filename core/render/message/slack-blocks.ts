import { slackButtons, writeButtonValue } from '../../notification/slack-buttons.ts';
import { escapeSlack, slackCode, slackText } from './slack-text.ts';

/** The Block Kit elements used here (Slack, "Block Kit reference"). */
export type SlackBlock =
  | { type: 'header'; text: { type: 'plain_text'; text: string; emoji: false } }
  | { type: 'section'; text: Mrkdwn }
  | { type: 'context'; elements: Mrkdwn[] }
  | { type: 'actions'; elements: SlackButton[] };

/** `verbatim`: Slack makes no links and mentions of what looks like some. */
export interface Mrkdwn {
  type: 'mrkdwn';
  text: string;
  verbatim: true;
}

export interface SlackButton {
  type: 'button';
  text: { type: 'plain_text'; text: string };
  action_id: string;
  value: string;
}

export interface SlackMessage {
  /** What notifications and screen readers show. */
  text: string;
  blocks: SlackBlock[];
}

/** Characters: Block Kit takes 150 in a header, 3,000 in a section and 2,000 in the value of a button. */
const longestHeader = 150;
const longestSection = 3000;
const longestValue = 2000;

/**
 * Characters and blocks of a whole message. Slack documents 50 blocks and answers `msg_blocks_too_long` for blocks of some
 * 11,300 characters (github.com/slackapi/bolt-js, issue 2867).
 */
const longestMessage = 10_000;
const mostBlocks = 50;

/** Keeps a message within the limits of Slack; parts that have no room are left out and counted, the last one never. */
export function slackMessage(text: string, blocks: SlackBlock[]): SlackMessage {
  const last = blocks.at(-1);
  const note = context(`… (${blocks.length} parts cut for length)`);
  let room = longestMessage - size(note) - (last === undefined ? 0 : size(last));
  let kept = blocks.length - 1;
  for (const [place, block] of blocks.slice(0, -1).entries()) {
    room -= size(block);
    if (room >= 0 && place < mostBlocks - 2) continue;
    kept = place;
    break;
  }
  const cut = blocks.length - 1 - kept;
  return {
    text: slackText(text, longestSection),
    blocks:
      cut <= 0 || last === undefined
        ? blocks
        : [...blocks.slice(0, kept), context(`… (${cut} ${cut === 1 ? 'part' : 'parts'} cut for length)`), last],
  };
}

const size = (block: SlackBlock): number => JSON.stringify(block).length;

const mrkdwn = (text: string): Mrkdwn => ({ type: 'mrkdwn', text, verbatim: true });

export const header = (text: string): SlackBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: slackText(text, longestHeader), emoji: false },
});

export const section = (text: string): SlackBlock => ({
  type: 'section',
  text: mrkdwn(slackText(text, longestSection)),
});

/** `label` is our own text and holds nothing to escape. */
export const labelled = (label: string, text: string): SlackBlock => ({
  type: 'section',
  text: mrkdwn(`*${label}*\n${slackText(text, longestSection - label.length - 3)}`),
});

/** A command to copy, which is there whole or not at all; `label` is our own text. */
export function code(command: string, label?: string): SlackBlock {
  const title = label === undefined ? '' : `*${label}*\n`;
  return { type: 'section', text: mrkdwn(`${title}${slackCode(command, longestSection - title.length)}`) };
}

export const context = (text: string): SlackBlock => ({
  type: 'context',
  elements: [mrkdwn(slackText(text, longestSection))],
});

export const bullets = (lines: string[]): string => lines.map((line) => `• ${line}`).join('\n');

/** Mentions whom the configuration names (Slack, "Formatting text": special mentions, members, user groups). */
export function mention(whom: string | undefined): SlackBlock[] {
  if (whom === undefined) return [];
  const mark = /^[a-z]/.test(whom) ? `!${whom}` : whom.startsWith('S') ? `!subteam^${whom}` : `@${whom}`;
  return [{ type: 'section', text: mrkdwn(`<${mark}>`) }];
}

/** Where a message leads: our own label, and the address, if there is one. */
export interface Link {
  label: string;
  url: string | undefined;
}

/** Links on one line. None is ever cut: without an address, or with one that is too long, there is none. */
export function links(all: Link[]): SlackBlock[] {
  let room = longestSection;
  const texts = all.flatMap(({ label, url }) => {
    if (url === undefined) return [];
    const text = `<${escapeSlack(url).replaceAll('|', '%7C')}|${label}>`;
    room -= text.length + separator.length;
    return room >= 0 ? [text] : [];
  });
  return texts.length === 0 ? [] : [{ type: 'section', text: mrkdwn(texts.join(separator)) }];
}

const separator = ' · ';

/** Buttons for one incident, which carry the VPC of its auditor and its key. */
export function actions(vpcId: string, incident: string): SlackBlock[] {
  const value = writeButtonValue({ vpcId, incident });
  if (value.length > longestValue) return [];
  const elements = slackButtons.map(
    ({ action, label }): SlackButton => ({
      type: 'button',
      text: { type: 'plain_text', text: label },
      action_id: action,
      value,
    }),
  );
  return [{ type: 'actions', elements }];
}
