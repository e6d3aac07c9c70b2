import type { Delivery } from '../../lab/lab.ts';

interface Block {
  type: string;
  text?: { text: string };
  elements?: { text: string }[];
}

/** A Slack message as it was delivered, as text between bars. */
export function showSlack({ body }: Delivery): string {
  const blocks = (body['blocks'] as Block[] | undefined) ?? [];
  const lines = blocks.flatMap(({ text, elements }) => [
    text?.text,
    ...(elements ?? []).map((element) => element.text),
  ]);
  return framed(lines.flatMap((line) => (line === undefined ? [] : plain(line).split('\n'))));
}

/** The first line of a Slack message. */
export const headlineOf = ({ body }: Delivery): string => plain(String(body['text']));

/** An SNS message as an e-mail subscriber reads it. */
export function showSns({ body }: Delivery): string {
  const message: { default: string } = JSON.parse(String(body['Message']));
  return framed([`Subject: ${body['Subject']}`, '', ...message.default.trimEnd().split('\n')]);
}

const framed = (lines: string[]): string => lines.map((line) => `   │ ${line}`).join('\n');

/** Slack's mrkdwn without its marks, addresses of links and entities. */
const plain = (text: string): string =>
  text
    .replaceAll('```', '')
    .replace(/<[^|>]+\|([^>]+)>/g, '$1')
    .replace(/\*([^*\n]+)\*/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
