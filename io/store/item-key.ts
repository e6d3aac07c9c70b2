import { parseKey } from '../../core/model/fingerprint.ts';

/** Primary key of an item. */
export interface ItemKey {
  pk: string;
  sk: string;
}

/** Keys of everything that belongs to one scope, `<account>/<region>/<vpcId or all>`. */
export const itemKeys = (scope: string) => ({
  lease: { pk: `SCOPE#${scope}`, sk: 'LEASE' },
  run: (id: string): ItemKey => ({ pk: `SCOPE#${scope}`, sk: `RUN#${id}` }),
  /** A further piece of the record of a run, by its number; all of them without one. */
  record: (run: string, piece?: number): ItemKey => ({
    pk: `SCOPE#${scope}`,
    sk: `RECORD#${run}#${piece === undefined ? '' : String(piece).padStart(4, '0')}`,
  }),
  /** As findings were stored up to version 2, one in each item; the rest of a long list is still under this name. */
  finding: (fingerprint: string): ItemKey => ({ pk: `SCOPE#${scope}`, sk: `FINDING#${fingerprint}` }),
  /** Findings of one area (`areaOf`) whose digests begin with these bits; all packs of the scope begin with `PACK#`. */
  pack: (area: string, bits: string): ItemKey => ({ pk: `SCOPE#${scope}`, sk: `${packs}${area}#${bits}` }),
  /** Of an incident, or of the board of summaries: both owe messages. */
  incident: (key: string): ItemKey => ({ pk: `SCOPE#${scope}`, sk: `INCIDENT#${key}` }),
  /** When the open findings were last seen. */
  sightings: { pk: `SCOPE#${scope}`, sk: 'SEEN' },
  setup: (targetGroupArn: string): ItemKey => ({ pk: `SCOPE#${scope}`, sk: `SETUP#${targetGroupArn}` }),
  /** A part of what the survey remembers. */
  survey: (part: string): ItemKey => ({ pk: `SCOPE#${scope}`, sk: `SURVEY#${part}` }),
  /** In the directory of scopes, by which the notifier finds them all. */
  entry: { pk: 'SCOPES', sk: scope },
});

/** What the sort keys of all packs of findings begin with. */
export const packs = 'PACK#';

/** Findings that are mostly written together: those of one cluster, or of what no cluster owns in a VPC. */
export function areaOf(fingerprint: string): string {
  const { account, region, place } = parseKey(fingerprint);
  return `${account}/${region}/${place}`;
}

/** Partition of the history of an area; up to version 2 each fingerprint had one. */
export const historyOf = (areaOrFingerprint: string): string => `HISTORY#${areaOrFingerprint}`;

/** The scope that the key of an item names; `undefined` when it belongs to none. */
export const scopeOf = (pk: string): string | undefined =>
  pk.startsWith('SCOPE#') ? pk.slice('SCOPE#'.length) : undefined;

/** Epoch seconds at which DynamoDB may delete an item, `days` after the moment. */
export const timeToLive = (moment: string, days: number): number =>
  Math.floor(Date.parse(moment) / 1000) + days * 86_400;
