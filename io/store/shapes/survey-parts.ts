import * as z from 'zod';
import type { SurveyMemory } from '../../../core/survey/survey-memory.ts';
import { parseJson } from '../../parse-json.ts';
import { unpackText } from '../packed-text.ts';

const moment = z.iso.datetime();
const dated = <Value extends z.ZodType>(value: Value) => z.object({ at: moment, value });
const values = z.record(z.string(), z.string());
const listener = z.object({
  arn: z.string(),
  loadBalancerArn: z.string(),
  protocol: z.string(),
  port: z.number(),
  forwards: z.array(z.object({ targetGroupArn: z.string(), weight: z.number().exactOptional() })),
});
const partSchema = z.object({
  readings: z
    .array(z.tuple([z.string(), z.object({ at: moment, healthy: z.number(), total: z.number() })]))
    .default([]),
  known: z
    .array(
      z.tuple([
        z.string(),
        z.object({
          tags: dated(values).exactOptional(),
          attributes: dated(values).exactOptional(),
          listeners: dated(z.array(listener)).exactOptional(),
        }),
      ]),
    )
    .default([]),
  pace: z.object({ concludeMsPerGroup: z.number(), closingMs: z.number() }).exactOptional(),
});

type Part = z.output<typeof partSchema>;

/** Entries of one part, so that it fits an item (400 KB) many times over. */
const size = { readings: 2000, known: 400 };

/** Bytes of JSON in one part: 400 target groups with all 50 tags that AWS admits, each as long as it may be (20 KB of tags). */
const mostUnpacked = 16 * 2 ** 20;

/**
 * Divides the memory of the survey into parts, each the JSON of one item, by the name of the part. What stays the same makes
 * the same text, so that it needs no write.
 */
export function partsOf({ readings, known, pace }: SurveyMemory): Map<string, string> {
  const parts = new Map<string, Partial<Part>>();
  for (const [name, entries] of divided('readings', [...readings])) parts.set(name, { readings: entries });
  for (const [name, entries] of divided('known', [...known])) parts.set(name, { known: entries });
  // The pace is another one after every run, and so are readings.
  const [first = 'readings-1-0'] = parts.keys();
  if (pace !== undefined) parts.set(first, { ...parts.get(first), pace });
  return new Map([...parts].map(([name, part]) => [name, JSON.stringify(part)]));
}

/** Puts parts together again. Of an entry in several parts, which their number left behind when it changed, the newest counts. */
export function memoryOf(parts: Part[]): SurveyMemory {
  const memory: SurveyMemory = { readings: new Map(), known: new Map() };
  for (const { readings, known, pace } of parts) {
    for (const [arn, reading] of readings) {
      if (reading.at > (memory.readings.get(arn)?.at ?? '')) memory.readings.set(arn, reading);
    }
    for (const [arn, answers] of known) {
      if (newest(answers) > newest(memory.known.get(arn) ?? {})) memory.known.set(arn, answers);
    }
    if (pace !== undefined) memory.pace = pace;
  }
  return memory;
}

const newest = (answers: Part['known'][number][1]): string =>
  Object.values(answers)
    .map(({ at }) => at)
    .toSorted()
    .at(-1) ?? '';

/** A stored part; `undefined` where it cannot be understood: what it held is read again from AWS. */
export async function unpackPart(packed: Uint8Array): Promise<Part | undefined> {
  try {
    return partSchema.parse(parseJson(await unpackText(packed, mostUnpacked)));
  } catch {
    return undefined;
  }
}

/** Entries by the name of their part. Which one an ARN belongs to changes only when their number doubles. */
function divided<Value>(kind: keyof typeof size, entries: [string, Value][]): [string, [string, Value][]][] {
  const parts = 2 ** Math.max(0, Math.ceil(Math.log2(entries.length / size[kind])));
  const byPart = Map.groupBy(entries, ([arn]) => `${kind}-${parts}-${checksum(arn) % parts}`);
  return [...byPart].map(([name, of]) => [name, of.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

/** FNV-1a of 32 bits, the same on every machine. */
function checksum(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}
