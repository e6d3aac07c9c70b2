import type { Settings } from '../../config/settings.ts';
import type { Scope } from '../../core/model/inventory.ts';
import type { Memory } from '../../core/notification/memory.ts';
import { orderOfReading } from '../../core/survey/order-of-reading.ts';
import { splitClusters } from '../../core/survey/split-clusters.ts';
import type { SurveyMemory } from '../../core/survey/survey-memory.ts';
import { connect } from '../aws/clients.ts';
import { urgentOf } from '../run/judge.ts';
import { survey } from '../survey/survey.ts';
import type { Plan } from './plan.ts';
import { stageCost } from './stage-cost.ts';

export interface SurveyStageOptions {
  id: string;
  settings: Settings;
  scope: Scope;
  memoryMb: number;
  /** Epoch milliseconds at which the stage is killed. */
  endsAt: number;
  remembered: { memory: Memory; survey: SurveyMemory };
}

/** Milliseconds to write the plan. */
const reserveMs = 10_000;

/** The first stage: surveys the account as one function would, with all of its time, and divides the clusters among functions. */
export async function surveyStage(options: SurveyStageOptions): Promise<Plan> {
  const { id, settings, scope, memoryMb, endsAt, remembered } = options;
  const began = Date.now();
  const until = Math.max(began, endsAt - reserveMs);
  const signal = AbortSignal.timeout(until - began);
  const clients = connect({ callsPerSecond: settings.elbCallsPerSecond, signal });
  try {
    const urgent = urgentOf(remembered.memory);
    const turn = { memory: remembered.survey, urgent, until: began + (until - began) * 0.9 };
    const { inventory, memory } = await survey(clients, scope, { turn });
    const names = inventory.clusters.map(({ name }) => name);
    const targetGroups = Map.groupBy(inventory.owners, ({ cluster }) => cluster);
    return {
      id,
      startedAt: new Date(began).toISOString(),
      inventory,
      memory: { readings: [...memory.readings], known: [...memory.known] },
      baselines: [...remembered.memory.baselines],
      parts: splitClusters(
        orderOfReading(names, { readings: remembered.survey.readings, urgent }),
        new Map([...targetGroups].map(([name, owners]) => [name, owners.length])),
      ),
      cost: stageCost(clients.usage(), began, memoryMb),
    };
  } finally {
    clients.close();
  }
}
