import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { renderTeams } from '../../../core/render/message/teams.ts';
import { goldenMessages } from '../../core/golden-messages.ts';
import { findEngine } from '../engines/adaptive-cards.ts';
import type { TeamsCard } from './message-types.ts';

const engine = findEngine();
const reportUrl = `https://reports.example/a?token=${'t'.repeat(1500)}`;

describe.skipIf(!engine.found)('adaptive-cards', () => {
  // Its modules for import name each other without their extensions, which Node.js does not take.
  const { AdaptiveCard, SerializationContext, Version }: typeof import('adaptivecards') = createRequire(
    import.meta.url,
  )('adaptivecards/dist/adaptivecards.js');

  /** What the parser has to say of a card, and what of it is left once it has been read. */
  function read(card: { version: string; body: unknown[] }): { faults: string[]; kept: unknown } {
    const context = new SerializationContext(Version.parse(card.version, new SerializationContext()));
    const parsed = new AdaptiveCard();
    parsed.parse(card, context);
    const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
    const faults = [...events, ...parsed.validateProperties().validationEvents].map(({ message }) => message);
    return { faults, kept: parsed.toJSON() };
  }

  test('every message of every scenario is a card without a fault, all of which the parser understands', () => {
    let count = 0;
    for (const { scenario, message } of goldenMessages()) {
      for (const { content } of renderTeams(message, reportUrl).attachments) {
        const card: TeamsCard = content;
        const { faults, kept } = read(content);
        const { msteams, ...rest } = card;
        expect({ scenario, faults, card: kept }).toEqual({ scenario, faults: [], card: rest });
        expect(msteams).toEqual({ width: 'full' });
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(1000);
  });

  test.each([
    ['an unknown element', { type: 'Chart' }],
    ['an element of a later version', { type: 'Table', rows: [] }],
    ['an unknown colour', { type: 'TextBlock', text: 'x', color: 'Red' }],
  ])('the parser objects to %s', (_, element) => {
    expect(read({ ...base, body: [element] }).faults).not.toEqual([]);
  });
});

const base = { type: 'AdaptiveCard', version: '1.4' };
