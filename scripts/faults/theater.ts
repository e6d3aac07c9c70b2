import type { Call } from './calls.ts';
import { openFunction } from './functions/stage.ts';
import { openTargets } from './probes/stage.ts';
import { openStage, type Stage } from './stage.ts';

/** The stages on which cases are run; one is open at a time, because all labs have the same addresses. */
export interface Theater {
  /** Its environment must be that of the process while a case runs. */
  stageFor(call: Call): Promise<Stage>;
  close(): Promise<void>;
}

/** Each audit on the first stage has `deadlineMs`. */
export function openTheater(deadlineMs: number): Theater {
  const openFor = (by: Call['by']): Promise<Stage> => {
    if (by === undefined) return openStage(deadlineMs);
    return by === 'prober' ? openTargets() : openFunction(by);
  };
  let open: { name: string; stage: Stage } | undefined;
  return {
    async stageFor({ by }) {
      const name = by ?? 'audit';
      if (open?.name === name) return open.stage;
      await open?.stage.close();
      const stage = await openFor(by);
      open = { name, stage };
      return stage;
    },
    close: async () => open?.stage.close(),
  };
}
