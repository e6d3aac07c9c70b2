import { test as base } from 'vitest';
import type { Lab } from '../../../lab/lab.ts';
import { type LabOptions, startLab } from '../../../lab/start.ts';
import type { World } from '../../../lab/world/world.ts';
import { assertConforming } from '../../service-model/assert-conforming.ts';
import { smallWorld } from './small-world.ts';

/** Starts labs of small worlds that close when the test is over; what they answered must be as the API models say. */
export const test = base.extend<{ start(changes?: Partial<World>, options?: LabOptions): Promise<Lab> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the dependencies of a fixture from the pattern
  start: async ({}, use) => {
    const labs: Lab[] = [];
    await use(async (changes = {}, options = {}) => {
      const lab = await startLab(smallWorld(changes), options);
      labs.push(lab);
      return lab;
    });
    await Promise.all(labs.map((lab) => lab.close()));
    assertConforming(labs.flatMap(({ calls }) => calls));
  },
});

/** Configuration of an SDK client that talks to the lab and never retries. */
export const clientOf = ({ env }: Lab) => ({
  endpoint: env['AWS_ENDPOINT_URL'] ?? '',
  region: env['AWS_REGION'] ?? '',
  credentials: { accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '' },
  maxAttempts: 1,
});
