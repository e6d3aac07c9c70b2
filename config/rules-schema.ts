import * as z from 'zod';
import { defaultLifeCycle } from '../core/lifecycle/thresholds.ts';
import { severities } from '../core/model/severity.ts';
import { defaultNoise } from '../core/notification/policy.ts';

const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, { error: 'give an object with the fields that docs/config.schema.json lists.' });
const wholeNumber = (range: { least: number; most: number }, error: string) =>
  z.int({ error }).min(range.least, { error }).max(range.most, { error });
const names = (error: string) => z.array(z.string({ error }).min(1, { error }), { error }).min(1, { error }).optional();

const runs = 'give a whole number of runs from 1 to 100.';

/** When a cause counts as there and as gone; core/lifecycle/thresholds.ts. */
export const lifeCycleSchema = object({
  openAfter: object({
    bad: wholeNumber({ least: 1, most: 100 }, runs).describe('Runs that found it.'),
    of: wholeNumber({ least: 1, most: 100 }, runs).describe('The last runs that could check it.'),
  })
    .refine(({ bad, of }) => bad <= of, { error: 'give `bad` no more than `of`: bad of so many runs.' })
    .default(defaultLifeCycle.openAfter)
    .describe('A cause opens when it was found in `bad` of the last `of` runs that could check it.'),
  resolveAfter: wholeNumber({ least: 1, most: 100 }, runs)
    .default(defaultLifeCycle.resolveAfter)
    .describe('A cause resolves after so many runs in a row that ruled it out.'),
  emptyZoneAfterMinutes: wholeNumber(
    { least: 0, most: 1440 },
    'give a whole number of minutes from 0 to 1440, or null.',
  )
    .nullable()
    .default(defaultLifeCycle.emptyZoneAfterMinutes)
    .describe(
      'Minutes for which an expected state must leave a zone without a healthy target before it is notified; null = never.',
    ),
  flapping: object({
    turns: wholeNumber({ least: 2, most: 100 }, 'give a whole number of turns from 2 to 100.').describe(
      'Openings and resolutions.',
    ),
    withinMinutes: wholeNumber({ least: 1, most: 10_080 }, 'give a whole number of minutes from 1 to 10080.').describe(
      'Minutes within which they happen.',
    ),
  })
    .default(defaultLifeCycle.flapping)
    .describe('A cause flaps after so many openings and resolutions within the time.'),
});

const timeOfDay = z
  .string({ error: 'give a time of day from `00:00` to `23:59`.' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'give a time of day from `00:00` to `23:59`.' });

const timeZone = z
  .string({ error: 'give a time zone, for example `Europe/Berlin`.' })
  .refine(isTimeZone, { error: 'give a time zone of the IANA database, for example `Europe/Berlin`.' });

/** How much people are told, and when; core/notification/policy.ts. */
export const noiseSchema = object({
  holdDownMinutes: wholeNumber({ least: 0, most: 1440 }, 'give a whole number of minutes from 0 to 1440.')
    .default(defaultNoise.holdDownMinutes)
    .describe('Minutes for which a cause must last before a message is sent.'),
  remindAfterHours: wholeNumber({ least: 1, most: 720 }, 'give a whole number of hours from 1 to 720, or null.')
    .nullable()
    .default(defaultNoise.remindAfterHours)
    .describe('Hours after which an open incident is sent again; null = never.'),
  summaryAbove: wholeNumber({ least: 1, most: 1000 }, 'give a whole number from 1 to 1000.')
    .default(defaultNoise.summaryAbove)
    .describe('If more incidents open in one run, they are sent as one summary.'),
  digest: z
    .enum(['off', 'daily', 'weekly'], { error: 'give `off`, `daily` or `weekly`.' })
    .default(defaultNoise.digest)
    .describe('How often a summary of all that is open is sent.'),
  quietHours: object({
    from: timeOfDay.describe('First minute of the quiet hours.'),
    to: timeOfDay.describe('First minute after them.'),
    timeZone: timeZone.describe('Of the IANA database, for example `Europe/Berlin`.'),
  })
    .nullable()
    .default(defaultNoise.quietHours)
    .describe(
      'Every day, also over midnight: only critical incidents are sent, the others afterwards if they are still open.',
    ),
});

const whoIsMentioned = 'give `here`, `channel`, or the id of a Slack member or user group, for example `S0123456789`.';

/** Which messages go to some channels; core/notification/routing.ts. */
export const routeSchema = object({
  match: object({
    severity: z
      .enum(severities, { error: `give a severity: ${severities.join(', ')}.` })
      .optional()
      .describe('This severity or a worse one.'),
    clusters: names('give a list of cluster names; `*` stands for any characters.').describe(
      'Names of clusters; `*` stands for any characters.',
    ),
    namespaces: names('give a list of namespaces; `*` stands for any characters.').describe(
      'Namespaces of Services; `*` stands for any characters.',
    ),
    teams: names('give a list of values of the team label; `*` stands for any characters.').describe(
      'Values of the label `teamLabel` of Services; `*` stands for any characters.',
    ),
  }).describe('Conditions that a message must meet, all of them.'),
  to: z
    .array(z.string({ error: 'give names of channels.' }), { error: 'give a list of names of channels.' })
    .min(1, { error: 'give at least one channel.' })
    .describe('Names of channels.'),
  mention: z
    .string({ error: whoIsMentioned })
    .regex(/^(?:here|channel|[UW][A-Z0-9]{6,20}|S[A-Z0-9]{6,20})$/, { error: whoIsMentioned })
    .optional()
    .describe(
      'Who is mentioned in Slack when an incident opens: `here`, `channel`, or the id of a member (`U…`) or a user group (`S…`).',
    ),
});

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
