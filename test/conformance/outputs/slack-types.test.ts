import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { renderSlack } from '../../../core/render/message/slack.ts';
import type { SlackMessage } from '../../../core/render/message/slack-blocks.ts';
import { renderSlackIncident, renderSlackReply } from '../../../core/render/message/slack-incident.ts';
import { goldenMessages } from '../../core/golden-messages.ts';
import { openedMessage } from '../../core/sample-message.ts';
import { findEngine } from '../engines/slack-types.ts';
import { withDocumentedLimits } from './documented-limits.ts';
import type { SlackBlocks } from './message-types.ts';
import { schemaOf } from './schema-of-types.ts';

const engine = findEngine();
const extras = {
  reportUrl: `https://reports.example/a?X-Amz-Date=20261120T120100Z&X-Amz-Expires=604800&token=${'t'.repeat(1500)}`,
  mention: 'S0123456789',
  buttonsFor: 'vpc-0aaaaaaaaaaaaaa01',
};

describe.skipIf(!engine.found)('slack-types', () => {
  const validate = new Ajv.default({ strict: false }).compile(withDocumentedLimits(schemaOf('SlackBlocks')));
  const takes = (blocks: unknown): boolean => validate(blocks);

  test('every message of every scenario is as the types and the limits of Slack’s package have it', () => {
    const refused = goldenMessages().flatMap(({ scenario, message }) =>
      [renderSlack(message, extras), renderSlackIncident(message, extras), renderSlackReply(message)]
        .filter((rendered) => rendered !== null)
        .filter(({ blocks }) => !takes(typed(blocks)))
        .map(() => `${scenario}: ${message.transition}: ${JSON.stringify(validate.errors?.at(-1))}`),
    );
    expect(refused).toEqual([]);
  });

  const [title, ...others] = renderSlackIncident(openedMessage(), extras).blocks;
  const header = (text: string) => ({ type: 'header', text: { type: 'plain_text', text } });
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
  const context = (count: number) => ({ type: 'context', elements: Array(count).fill({ type: 'mrkdwn', text: 'x' }) });
  const button = { type: 'button', text: { type: 'plain_text', text: 'x' }, action_id: 'x', value: 'x' };
  const actions = (fields: object, count = 1) => ({
    type: 'actions',
    elements: Array(count).fill({ ...button, ...fields }),
  });

  test.each([
    ['a header of 150 characters', header('x'.repeat(150)), header('x'.repeat(151))],
    ['a section of 3,000 characters', section('x'.repeat(3000)), section('x'.repeat(3001))],
    ['a section of one character', section('x'), section('')],
    ['ten elements of context', context(10), context(11)],
    ['25 buttons', actions({}, 25), actions({}, 26)],
    ['an action of 255 characters', actions({ action_id: 'x'.repeat(255) }), actions({ action_id: 'x'.repeat(256) })],
    ['a value of 2,000 characters', actions({ value: 'x'.repeat(2000) }), actions({ value: 'x'.repeat(2001) })],
    ['known fields', title, { ...title, colour: 'red' }],
  ])('it takes %s and nothing beyond', (_, most, beyond) => {
    expect(takes([most, ...others])).toBe(true);
    expect(takes([beyond, ...others])).toBe(false);
  });
});

/** The compiler holds the blocks of the product against those of the package. */
const typed = (blocks: SlackMessage['blocks']): SlackBlocks => blocks;
