import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Finding } from '../../../core/model/finding.ts';
import { parseJson } from '../../parse-json.ts';
import type { ItemKey } from '../item-key.ts';
import { packLines, unpackText } from '../packed-text.ts';
import { readStoredFinding } from '../shapes/stored-finding.ts';
import type { OnSkipped } from '../skipped-item.ts';

/** A finding in a pack: what is compared before a write, and the JSON that a later write of the pack takes over. */
export interface PackedFinding {
  finding: Finding;
  /** Items elsewhere that hold the rest of its target groups. */
  rests: number;
  /** Epoch seconds at which it may be forgotten; `null` while it is open. */
  expiresAt: number | null;
  json: string;
}

/** Bytes above which a pack is divided, so that one that changes is cheap to write again: DynamoDB bills each KB. */
const mostBytes = 48_000;

/** Bytes of JSON in a pack: 170 times its size, or one finding that is not divided and fits an item (400 KB) 20 times over. */
const mostUnpacked = 8 * 2 ** 20;

/** Bits of the digest of a fingerprint that divide packs: a pack of one finding is never divided further. */
const mostBits = 32;

/** One pack or the two, four, … into which it is divided until each is small, by their names: bits that digests begin with. */
export async function divideFindings(bits: string, findings: PackedFinding[]): Promise<Map<string, Packed>> {
  const packed = await packLines(findings.map(({ json }) => json));
  if (packed.length <= mostBytes || findings.length <= 1 || bits.length >= mostBits)
    return new Map([[bits, { packed, findings }]]);
  const halves = Map.groupBy(findings, ({ finding }) => bitsOf(finding.fingerprint).slice(0, bits.length + 1));
  const divided = await Promise.all([...halves].map(([half, its]) => divideFindings(half, its)));
  return new Map(divided.flatMap((pieces) => [...pieces]));
}

export interface Packed {
  packed: Uint8Array;
  findings: PackedFinding[];
}

/** What a line holds beside its finding. */
const line = z.looseObject({ rests: z.number().catch(0), expiresAt: z.number().nullable().catch(null) });

/** The findings of a pack; those that cannot be understood are left out and count as new. */
export async function unpackFindings(
  item: ItemKey & { packed?: unknown },
  onSkipped: OnSkipped,
): Promise<PackedFinding[]> {
  try {
    if (!(item.packed instanceof Uint8Array)) throw new TypeError('nothing is packed');
    const lines = (await unpackText(item.packed, mostUnpacked)).split('\n');
    return lines.flatMap((json): PackedFinding[] => {
      const { rests, expiresAt, ...stored } = line.parse(parseJson(json));
      const finding = readStoredFinding(stored);
      if (finding === null) onSkipped('a stored finding cannot be read and counts as new', item);
      return finding === null ? [] : [{ finding, rests, expiresAt, json }];
    });
  } catch {
    onSkipped('stored findings cannot be read and count as new', item);
    return [];
  }
}

/** The first bits of the digest of a fingerprint, as zeros and ones. */
export const bitsOf = (fingerprint: string): string =>
  hash('sha256', fingerprint, 'buffer').readUInt32BE(0).toString(2).padStart(mostBits, '0');

/** Of the packs of an area the one that holds a finding, or shall: the one with the longest name that its digest begins with. */
export function packFor(fingerprint: string, names: Iterable<string>): string {
  const candidates = [...names];
  if (candidates.every((name) => name === '')) return '';
  const bits = bitsOf(fingerprint);
  let longest = '';
  for (const name of candidates) if (name.length > longest.length && bits.startsWith(name)) longest = name;
  return longest;
}
