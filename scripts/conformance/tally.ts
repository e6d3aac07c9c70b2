import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** How the tests of one engine went. */
export interface Tally {
  passed: number;
  failed: number;
  seconds: number;
  /** What each failed test says: its name and the first lines of its errors. */
  failures: string[];
}

interface Assertion {
  ancestorTitles: string[];
  fullName: string;
  status: string;
  duration?: number;
  failureMessages?: string[];
}

interface Results {
  testResults: { assertionResults: Assertion[] }[];
}

const linesOfFailure = 40;

/** Counts the tests in a report of vitest by their outermost `describe`, which names the engine. */
export function readTally(path: string): Map<string, Tally> {
  const { testResults }: Results = JSON.parse(readFileSync(path, 'utf8'));
  const tallies = new Map<string, Tally>();
  for (const assertion of testResults.flatMap((file) => file.assertionResults)) {
    const { ancestorTitles, status, duration = 0 } = assertion;
    const [engine = ''] = ancestorTitles;
    const tally = tallies.get(engine) ?? { passed: 0, failed: 0, seconds: 0, failures: [] };
    if (status === 'passed') tally.passed += 1;
    if (status === 'failed') {
      tally.failed += 1;
      tally.failures.push(failureOf(assertion));
    }
    tally.seconds += duration / 1000;
    tallies.set(engine, tally);
  }
  return tallies;
}

function failureOf({ fullName, failureMessages = [] }: Assertion): string {
  const lines = stripVTControlCharacters(failureMessages.join('\n')).split('\n').slice(0, linesOfFailure);
  return [fullName, ...lines.map((line) => `    ${line}`)].join('\n');
}
