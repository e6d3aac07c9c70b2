import * as z from 'zod';

const text = (longest: number, error: string) => z.string({ error }).min(1, { error }).max(longest, { error });

/** A mute as the configuration has it (`core/notification/mute.ts`); without an owner, a reason and an end there is none. */
export const muteSchema = z.strictObject(
  {
    pattern: text(
      400,
      'give the fingerprint of a finding or the key of an incident, as messages show them; `*` stands for any characters.',
    ).describe('Fingerprint of a finding or key of an incident; `*` stands for any characters.'),
    owner: text(100, 'name the owner, for example a team.').describe('Owner of the mute.'),
    reason: text(300, 'give the reason why no message is needed, in one sentence.').describe(
      'Why no message is needed.',
    ),
    until: z.iso
      .datetime({ offset: true, error: 'give the moment when it ends, in RFC 3339: `2026-12-01T00:00:00Z`.' })
      .describe('When it ends, RFC 3339.'),
  },
  { error: 'give an object with `pattern`, `owner`, `reason` and `until`.' },
);
