import type { Listener } from '../model/aws.ts';

/** What the survey of one run leaves to the next. */
export interface SurveyMemory {
  /** The latest reading of each target group, by ARN, and of each cluster, by name. */
  readings: Map<string, LastReading>;
  /** Answers of Elastic Load Balancing that hardly change, by ARN of the target group or load balancer. */
  known: Map<string, KnownResource>;
  /** How long the last run took to judge and to save; absent before the first. */
  pace?: Pace;
}

/** When something was read, and how many of its targets were healthy then. */
export interface LastReading {
  /** RFC 3339. */
  at: string;
  healthy: number;
  total: number;
}

/** An answer and its age. */
export interface Dated<Value> {
  /** RFC 3339. */
  at: string;
  value: Value;
}

export interface KnownResource {
  tags?: Dated<Record<string, string>>;
  attributes?: Dated<Record<string, string>>;
  /** Of a load balancer. */
  listeners?: Dated<Listener[]>;
}

/** Rates of the end of a run, measured on the function that it runs on. */
export interface Pace {
  /** Milliseconds to examine and diagnose one target group. */
  concludeMsPerGroup: number;
  /** Milliseconds to compare, render and save everything after that. */
  closingMs: number;
}

/** Of the first run. */
export const emptySurveyMemory = (): SurveyMemory => ({ readings: new Map(), known: new Map() });

const minute = 60_000;

/**
 * Milliseconds for which a remembered answer counts. Controllers write tags when they make a resource; attributes and
 * listeners are changed by people, so that they are read again within half an hour, and at once when a target group
 * begins to fail.
 */
export const longestAges = { tags: 12 * 60 * minute, attributes: 30 * minute, listeners: 30 * minute };

/** The remembered answer where it is young enough at that moment (epoch milliseconds). */
export function stillKnown<Value>(dated: Dated<Value> | undefined, longestMs: number, now: number): Value | undefined {
  return dated !== undefined && now - Date.parse(dated.at) < longestMs ? dated.value : undefined;
}

/** True for a reading in which every target was healthy. */
export const wasHealthy = (reading: LastReading | undefined): boolean =>
  reading !== undefined && reading.total > 0 && reading.healthy === reading.total;
