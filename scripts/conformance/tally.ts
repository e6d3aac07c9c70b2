import { readFileSync } from 'node:fs';

/** How the tests of one engine went. */
export interface Tally {
  passed: number;
  failed: number;
  seconds: number;
}

interface Results {
  testResults: { assertionResults: { ancestorTitles: string[]; status: string; duration?: number }[] }[];
}

/** Counts the tests in a report of vitest by their outermost `describe`, which names the engine. */
export function readTally(path: string): Map<string, Tally> {
  const { testResults }: Results = JSON.parse(readFileSync(path, 'utf8'));
  const tallies = new Map<string, Tally>();
  for (const { ancestorTitles, status, duration = 0 } of testResults.flatMap((file) => file.assertionResults)) {
    const [engine = ''] = ancestorTitles;
    const tally = tallies.get(engine) ?? { passed: 0, failed: 0, seconds: 0 };
    if (status === 'passed') tally.passed += 1;
    if (status === 'failed') tally.failed += 1;
    tally.seconds += duration / 1000;
    tallies.set(engine, tally);
  }
  return tallies;
}
