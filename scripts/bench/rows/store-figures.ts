import { prices, runsMonth } from '../../cost/prices.ts';

/** What one part of a run took and what DynamoDB bills for it. */
export interface StorePhase {
  phase: string;
  seconds: number;
  cpuSeconds: number;
  requests: number;
  readUnits: number;
  writeUnits: number;
}

/** Three runs against one table: the first one, one that sees the same, and one that sees every twentieth finding changed. */
export interface StoreRun {
  findings: number;
  tableMb: number;
  saveSeconds: number;
  /** That the table itself computed for all three runs, beside the auditor. */
  tableCpuSeconds?: number;
  phases: StorePhase[];
}

/** How much of the first save is the auditor, and how much the stand-in of the table. */
export function whatFirstSaveTakes({ findings, phases, tableCpuSeconds = 0 }: StoreRun): string {
  const [save, incidents] = ['first: findings', 'first: incidents'].map((name) =>
    phases.find(({ phase }) => phase === name),
  );
  if (save === undefined || incidents === undefined) throw new Error('a first run saves findings and incidents');
  return (
    `First save of ${findings} findings: the auditor computes for ${round(save.cpuSeconds)} of ${round(save.seconds)} s, for ${save.requests} requests with the history; ` +
    `then ${round(incidents.cpuSeconds)} of ${round(incidents.seconds)} s for ${incidents.requests} requests of incidents. dynalite computed for ${round(tableCpuSeconds)} s in all three runs, on the other core.`
  );
}

/** Why all of the memory is read at every run, and what that costs. */
export function whatReadingTakes({ findings, phases }: StoreRun): string {
  const read = phases.find(({ phase }) => phase === 'same: remember');
  if (read === undefined) throw new Error('a run remembers');
  const dollars = read.readUnits * prices.tableRead * runsMonth;
  return (
    `A run reads all ${findings} open findings and their incidents, ${round((read.readUnits * bytesPerReadUnit) / 2 ** 20)} MB in ${read.requests} requests, $${dollars.toFixed(2)} a month: it compares everything open with what it sees, ` +
    'and what it does not get to see keeps its verdict. Packs make that cheap: one by one the same findings were 54 MB at 3,200.'
  );
}

/** A strongly consistent read unit is one of up to 4 KB (Amazon DynamoDB, "Read and write requests"). */
const bytesPerReadUnit = 4096;

const round = (value: number): number => Number(value.toFixed(2));
