interface Text {
  type?: string;
  text?: string;
}

interface Block {
  type?: string;
  block_id?: string;
  text?: Text;
  fields?: Text[];
  elements?: (Text & Button)[];
  accessory?: unknown;
}

/** Why Slack would answer `invalid_blocks`, by the limits of the Block Kit reference; `undefined` for valid blocks. */
export function blockKitFault(blocks: unknown): string | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks)) return 'blocks must be an array';
  if (blocks.length > 50) return `${blocks.length} blocks, at most 50`;
  const markdown = (blocks as Block[]).filter(({ type }) => type === 'markdown');
  if (markdown.reduce((sum, { text }) => sum + String(text ?? '').length, 0) > 12_000) return 'markdown above 12000';
  return (blocks as Block[]).map(blockFault).find((fault) => fault !== undefined);
}

/**
 * True for blocks that Slack answers with `msg_blocks_too_long`: beyond some 11,300 characters of text, which Slack does
 * not document (github.com/slackapi/bolt-js, issue 2867).
 */
export const areBlocksTooLong = (blocks: unknown): boolean => textLength(blocks) > 11_300;

function textLength(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  return Object.entries(part).reduce(
    (sum, [name, value]) => sum + (name === 'text' && typeof value === 'string' ? value.length : textLength(value)),
    0,
  );
}

function blockFault(block: Block): string | undefined {
  if ((block.block_id?.length ?? 0) > 255) return 'block_id above 255';
  switch (block.type) {
    case 'divider':
    case 'markdown':
      return undefined;
    case 'header':
      return block.text?.type === 'plain_text' ? textFault(block.text, 150) : 'header needs plain_text';
    case 'section':
      return sectionFault(block);
    case 'context':
      return elementsFault(block, 10) ?? firstFault(block.elements, (element) => textFault(element, 3000));
    case 'actions':
      return elementsFault(block, 25) ?? firstFault(block.elements, buttonFault);
    default:
      return `unknown block type ${block.type}`;
  }
}

function sectionFault({ text, fields }: Block): string | undefined {
  if (text === undefined && fields === undefined) return 'section needs text or fields';
  if ((fields?.length ?? 0) > 10) return 'more than 10 fields';
  const textOrNothing = text === undefined ? undefined : textFault(text, 3000);
  return textOrNothing ?? firstFault(fields, (field) => textFault(field, 2000));
}

function elementsFault({ elements }: Block, most: number): string | undefined {
  const count = elements?.length ?? 0;
  return count >= 1 && count <= most ? undefined : `${count} elements, 1 to ${most}`;
}

interface Button {
  type?: string;
  text?: unknown;
  url?: string;
  value?: string;
  action_id?: string;
}

function buttonFault(element: Button): string | undefined {
  if (element.type !== 'button') return undefined;
  if ((element.value?.length ?? 0) > 2000) return 'button value above 2000';
  if ((element.action_id?.length ?? 0) > 255) return 'action_id above 255';
  if ((element.url?.length ?? 0) > 3000) return 'button url above 3000';
  return textFault(element.text as Text, 75);
}

function textFault(element: { type?: string; text?: unknown } | undefined, most: number): string | undefined {
  if (element?.type !== 'plain_text' && element?.type !== 'mrkdwn') return `unknown text type ${element?.type}`;
  const length = typeof element.text === 'string' ? element.text.length : 0;
  return length >= 1 && length <= most ? undefined : `text of ${length} characters, 1 to ${most}`;
}

const firstFault = <Each>(list: Each[] | undefined, faultOf: (each: Each) => string | undefined): string | undefined =>
  list?.map(faultOf).find((fault) => fault !== undefined);
