import type { Judgement } from './judge.ts';
import { type ClientJudgement, clientKinds } from './judge-clients.ts';

/** What a worker sends for each world: how its Services came out, and its target groups' clients. */
export interface Audited {
  world: string;
  causes: Judgement[];
  clients: ClientJudgement[];
}

/** How often the cause was named right, over all Services of many worlds. */
export interface CauseFigures {
  worlds: number;
  right: number;
  wrong: number;
  missed: number;
  falseAlarms: number;
  unknown: number;
  /** Share of Services with something to say about which the right thing was said. */
  accuracy: number;
}

/** How often the report was right about whether clients are served, over all target groups of one kind. */
export interface ClientFigures {
  groups: number;
  right: number;
  silentOutages: number;
  falseAlarms: number;
  wrong: number;
  unknown: number;
}

/** Counts what came of the causes. */
export function causeFigures(worlds: readonly Audited[]): CauseFigures {
  const judgements = worlds.flatMap(({ causes }) => causes);
  const count = counter(judgements);
  const [right, wrong, missed, unknown] = [count('right'), count('wrong'), count('missed'), count('unknown')];
  const judged = right + wrong + missed + unknown;
  const accuracy = judged === 0 ? 0 : right / judged;
  return { worlds: worlds.length, right, wrong, missed, falseAlarms: count('false-alarm'), unknown, accuracy };
}

/** Counts what came of the question who is served, by kind of target group. */
export const clientFigures = (worlds: readonly Audited[]): Record<string, ClientFigures> =>
  Object.fromEntries(
    clientKinds.map((kind) => {
      const judgements = worlds.flatMap(({ clients }) => clients).filter((each) => each.kind === kind);
      const count = counter(judgements);
      const figures: ClientFigures = {
        groups: judgements.length,
        right: count('right'),
        silentOutages: count('silent-outage'),
        falseAlarms: count('false-alarm'),
        wrong: count('wrong'),
        unknown: count('unknown'),
      };
      return [kind, figures];
    }),
  );

const counter =
  <Outcome extends string>(judgements: readonly { outcome: Outcome }[]) =>
  (outcome: Outcome): number =>
    judgements.filter((each) => each.outcome === outcome).length;
