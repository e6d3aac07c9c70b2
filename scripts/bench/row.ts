/** One row of docs/benchmarks.md. What it measures runs in processes of its own, so that rows do not warm each other up. */
export interface Row {
  /** Names the row on the command line: `npm run bench -- diagnosis`. */
  id: string;
  /** What is measured, on what. */
  what: string;
  /** What it should be; `null` where no goal is set. */
  goal: string | null;
  measure(): Promise<Result>;
}

export interface Result {
  /** The figure that stands beside the goal, with its unit. */
  result: string;
  /** `null` without a goal, and where this machine cannot tell. */
  met: boolean | null;
  /** Everything that was measured; the same columns in every line of a table. */
  tables: { title: string; lines: Record<string, string | number>[] }[];
  /** What a reader must know: why a goal is missed, what could not be measured here. */
  notes?: string[];
}

/** A row as it was measured once. */
export interface Measured extends Omit<Row, 'measure'>, Result {
  machine: Machine;
  /** RFC 3339. */
  measuredAt: string;
}

/** Where it was measured: figures of different machines do not compare. */
export interface Machine {
  processor: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  /** Processes that wanted a core in the minute before: above `cores` the figures are worse than the program. */
  load: number;
}
