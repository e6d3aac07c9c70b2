import { lambdaPrices } from '../../core/model/run-cost.ts';
import { hoursMonth, prices, runsMonth } from './prices.ts';

/** An account, and what one audit of it needs. */
export interface Load {
  clusters: number;
  targetGroups: number;
  causes: number;
  /** Seconds of a whole processor. */
  cpuSeconds: number;
  /** In a run that remembers the one before. */
  elbCalls: number;
  otherAwsCalls: number;
  kubernetesCalls: number;
  /** Of what a run writes whole into the table. */
  itemBytes: number[];
}

/** The defaults of a deployment. */
const [memoryGb, timeoutSeconds, callsPerSecond, burst] = [1, 300, 5, 20];
/** Lambda gives a processor to 1,769 MB (Lambda developer guide, "Memory"). */
const processors = 1024 / 1769;
/** What a run keeps to judge and save. */
const keptBack = 0.1 * timeoutSeconds;
const surveyorGb = 0.5;
const [clustersEach, targetGroupsEach] = [10, 200];
/** Seconds of a part for its plan, and of network and join for themselves. */
const [partOverhead, ends] = [2, 10];
const minutes = 5;

const workSeconds = ({ cpuSeconds }: Load): number => cpuSeconds / processors;
/** What the budget for calls to Elastic Load Balancing takes at least. */
const waitingSeconds = ({ elbCalls }: Load): number => Math.max(0, elbCalls - burst) / callsPerSecond;

/** What is billed for one run, and how often one begins. */
export interface Mode {
  seconds: number;
  gbSeconds: number;
  requests: number;
  runs: number;
  /** Runs until every target group was read once. */
  rounds: number;
}

/** One function, which reads in turn what it cannot read at once. */
export function oneFunction(load: Load): Mode {
  const needed = workSeconds(load) + waitingSeconds(load);
  const seconds = Math.min(needed, timeoutSeconds);
  const rounds = Math.max(1, Math.ceil(needed / (timeoutSeconds - keptBack)));
  const isEnough = needed <= timeoutSeconds;
  return { seconds, gbSeconds: seconds * memoryGb, requests: 1, runs: runsMonth, rounds: isEnough ? 1 : rounds };
}

/** Functions that share a run; how many, by the clusters and target groups that one takes (`core/survey/split-clusters.ts`). */
export const partsOf = ({ clusters, targetGroups }: Load): number =>
  Math.ceil(Math.max(clusters / clustersEach, targetGroups / targetGroupsEach));

const partSeconds = (load: Load): number => partOverhead + workSeconds(load) / partsOf(load);

/** Many functions: the surveyor waits, the parts work. The next run begins when this one is over. */
export function manyFunctions(load: Load): Mode {
  const parts = partsOf(load);
  const survey = 1 + waitingSeconds(load);
  const seconds = survey + partSeconds(load) + ends;
  const gbSeconds = survey * surveyorGb + (parts * partSeconds(load) + ends) * memoryGb;
  const every = Math.max(1, Math.ceil(seconds / 60 / minutes));
  return { seconds, gbSeconds, requests: parts + 3, runs: runsMonth / every, rounds: 1 };
}

/** A month of Lambda. */
export const lambdaMonth = ({ gbSeconds, requests, runs }: Mode): number =>
  runs * (gbSeconds * lambdaPrices.gbSecond + requests * lambdaPrices.request);

const steps = 5;
const writesGets = (load: Load): number =>
  (3 + 2 * partsOf(load)) * prices.objectPut + (3 + 3 * partsOf(load)) * prices.objectGet;

/** A month of what starts the parts and waits for them, by what does so. */
export function engines(load: Load): Record<'express' | 'standard' | 'queue' | 'direct', number> {
  const { runs } = manyFunctions(load);
  const [parts, seconds] = [partsOf(load), partSeconds(load)];
  const standard = steps * prices.transition;
  // A child counts as a transition when it starts (taken at its dearest), and an Express one holds 64 MB.
  const express = prices.transition + prices.expressRequest + seconds * (64 / 1024) * prices.expressGbSecond;
  return {
    express: runs * (standard + parts * express),
    standard: runs * (standard + parts * 3 * prices.transition),
    // The last part to end starts the join: each counts itself in the table.
    queue: runs * parts * (3 * prices.queueRequest + prices.tableWrite),
    direct: runs * seconds * surveyorGb * lambdaPrices.gbSecond,
  };
}

/** A month of objects that stages leave to each other. */
export const plansMonth = (load: Load): number => manyFunctions(load).runs * writesGets(load);

/** A month of requests to the table: what is written whole at every run, leases, and half-hourly signs of life of causes. */
export function tableMonth({ causes, itemBytes }: Load, { runs }: Mode): number {
  const written = itemBytes.reduce((sum, bytes) => sum + Math.ceil(bytes / 1024), 0);
  const read = itemBytes.slice(1).reduce((sum, bytes) => sum + Math.ceil(bytes / 8192), 0);
  const signs = causes * 48 * 30;
  return (runs * (3 + written) + signs) * prices.tableWrite + runs * (2 + read + causes) * prices.tableRead;
}

/** A watcher that never ends: half a processor and 1 GB, as much as the function has. */
export const watcherMonth = hoursMonth * (0.5 * prices.fargateCpuHour + 1 * prices.fargateGbHour);
