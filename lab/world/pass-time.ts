import type { World } from './world.ts';

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** What people and programs wrote stays as they wrote it. */
const written = new Set(['annotations', 'labels', 'template', 'logs']);

/**
 * Moves the world along to a later moment with everything that happened in it: each thing stays as old as it was, leases are as fresh,
 * and what is new or has just failed is so still. So no fault turns into another one, however long the lab runs.
 */
export function moveTo(world: World, now: string): void {
  const seconds = Math.floor((Date.parse(now) - Date.parse(world.now)) / 1000);
  if (seconds > 0) shift(world as unknown as Record<string, unknown>, seconds * 1000);
}

/** Makes everything in the world so many seconds older than it was, by its clock, which stays. */
export function makeOlder(world: World, seconds: number): void {
  const { now } = world;
  shift(world as unknown as Record<string, unknown>, -seconds * 1000);
  world.now = now;
}

function shift(value: Record<string, unknown> | unknown[], milliseconds: number): void {
  const fields = value as Record<string, unknown>;
  for (const [key, each] of Object.entries(value)) {
    if (written.has(key)) continue;
    if (typeof each === 'string') {
      if (moment.test(each)) fields[key] = later(each, milliseconds);
    } else if (typeof each === 'object' && each !== null) shift(each as Record<string, unknown>, milliseconds);
  }
}

/** The same moment later, written with as many digits as before. */
const later = (text: string, milliseconds: number): string => {
  const fraction = /\.\d+/.exec(text)?.[0] ?? '';
  return `${new Date(Date.parse(text) + milliseconds).toISOString().slice(0, 19)}${fraction}Z`;
};
