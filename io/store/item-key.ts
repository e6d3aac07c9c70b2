/** Primary key of an item. */
export interface ItemKey {
  pk: string;
  sk: string;
}

/** Keys of everything that belongs to one scope, `<account>/<region>/<vpcId or all>`. */
export const itemKeys = (scope: string) => ({
  lease: { pk: `SCOPE#${scope}`, sk: 'LEASE' },
  run: (id: string): ItemKey => ({ pk: `SCOPE#${scope}`, sk: `RUN#${id}` }),
  finding: (fingerprint: string): ItemKey => ({ pk: `SCOPE#${scope}`, sk: `FINDING#${fingerprint}` }),
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

/** One line of the history of a finding; the same for every repeat of the same run. */
export const historyKey = (fingerprint: string, run: string, transition: string): ItemKey => ({
  pk: `HISTORY#${fingerprint}`,
  sk: `${run}#${transition}`,
});

/** The scope that the key of an item names; `undefined` when it belongs to none. */
export const scopeOf = (pk: string): string | undefined =>
  pk.startsWith('SCOPE#') ? pk.slice('SCOPE#'.length) : undefined;

/** Epoch seconds at which DynamoDB may delete an item, `days` after the moment. */
export const timeToLive = (moment: string, days: number): number =>
  Math.floor(Date.parse(moment) / 1000) + days * 86_400;
