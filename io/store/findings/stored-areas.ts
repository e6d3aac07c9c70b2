import type { Finding } from '../../../core/model/finding.ts';
import { compareText } from '../../../core/model/target-group-context.ts';
import { areaOf, type ItemKey, packs } from '../item-key.ts';
import { readItems, type TableAccess } from '../items.ts';
import type { RestsOf } from '../long-list.ts';
import { readStoredFinding } from '../shapes/stored-finding.ts';
import { type PackedFinding, packFor, unpackFindings } from './pack.ts';

/** A pack as it was read or written last. */
export interface StoredPack {
  /** The condition of the next write; `undefined` where the item is no pack and is replaced. */
  revision: number | undefined;
  fence: number;
  /** Without those that a division left here and that are in a pack with a longer name. */
  findings: Map<string, PackedFinding>;
}

/** The findings of one cluster, or of what no cluster owns in a VPC. */
export interface StoredArea {
  /** By the bits that the digests of their findings begin with. */
  packs: Map<string, StoredPack>;
  /** Findings in items of their own, as up to version 2; each moves to its pack when it changes. */
  alone: Map<string, PackedFinding>;
}

export type StoredAreas = Map<string, StoredArea>;

interface PackItem extends ItemKey {
  revision?: unknown;
  fence?: unknown;
  packed?: unknown;
}

/** All findings of the scope as they are stored, or those of one area. */
export async function readStoredAreas(place: TableAccess, only?: string): Promise<StoredAreas> {
  const { pk, sk: alonePrefix } = place.keys.finding('');
  const prefix = only === undefined ? packs : place.keys.pack(only, '').sk;
  const [items, alone] = await Promise.all([
    readItems<PackItem>(place, pk, prefix),
    readItems<ItemKey & { rests?: number }>(place, pk, only === undefined ? alonePrefix : `${alonePrefix}${only}/`),
  ]);
  const areas: StoredAreas = new Map();
  for (const { name, bits, item, findings } of await Promise.all(items.map((each) => unpack(each, place)))) {
    const revision = typeof item.revision === 'number' ? item.revision : undefined;
    const pack = { revision, fence: Number(item.fence ?? 0), findings };
    areaIn(areas, name).packs.set(bits, pack);
  }
  for (const { packs: its } of areas.values()) {
    for (const [bits, { findings }] of its)
      for (const fingerprint of findings.keys())
        if (packFor(fingerprint, its.keys()) !== bits) findings.delete(fingerprint);
  }
  for (const item of alone) {
    const finding = readStoredFinding(item);
    if (finding === null) place.onSkipped('a stored finding cannot be read and counts as new', item);
    else
      areaIn(areas, areaOf(finding.fingerprint)).alone.set(finding.fingerprint, {
        finding,
        rests: item.rests ?? 0,
        expiresAt: null,
        json: '',
      });
  }
  return areas;
}

/** Every finding once, in the order of fingerprints, with all of its target groups. */
export async function wholeFindings(areas: StoredAreas, restsOf: RestsOf): Promise<Finding[]> {
  const found = [...areas.values()].flatMap(({ packs: its, alone }) => {
    const packed = [...its.values()].flatMap(({ findings }) => [...findings.values()]);
    const known = new Set(packed.map(({ finding }) => finding.fingerprint));
    return [...packed, ...[...alone.values()].filter(({ finding }) => !known.has(finding.fingerprint))];
  });
  const inOrder = found.toSorted((a, b) => compareText(a.finding.fingerprint, b.finding.fingerprint));
  return Promise.all(
    inOrder.map(async ({ finding, rests }) => {
      if (rests === 0) return finding;
      const key = { pk: '', sk: `FINDING#${finding.fingerprint}` };
      const rest = await restsOf(key, finding.revision, rests);
      return { ...finding, targetGroupArns: [...finding.targetGroupArns, ...rest.map(String)] };
    }),
  );
}

async function unpack(item: PackItem, { onSkipped }: TableAccess) {
  const [area = '', bits = ''] = item.sk.slice(packs.length).split('#');
  const findings = await unpackFindings(item, onSkipped);
  const byFingerprint = new Map(findings.map((each) => [each.finding.fingerprint, each]));
  return { name: area, bits, item, findings: byFingerprint };
}

function areaIn(areas: StoredAreas, name: string): StoredArea {
  const area = areas.get(name) ?? { packs: new Map(), alone: new Map() };
  areas.set(name, area);
  return area;
}
