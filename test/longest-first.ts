import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Starts of the paths of the files that take longest, the longest first, and beside those that wait for most of their time some that
 * do not; elsewhere an earlier run says, and a fresh clone has none.
 */
const long = [
  'faults/functions.',
  'scenarios/shard-0.',
  'fuzz/fuzz.',
  'faults/reads.',
  'scenarios/shard-1.',
  'fuzz/planted.',
  'lib/package.',
  'lib/examples.',
  'scenarios/shard-2.',
  'io/store/killed.',
  'lambda/stages.',
  'scenarios/shard-3.',
  'lambda/',
  'io/collect/with-owners.',
  'io/collect/',
  'commands/',
  'io/store/',
  'io/history/who-changed.',
  'soak/',
  'core/diagnosis/',
  'core/render/',
  'lab/living.',
  'lab/world/',
  'lib/',
  'scripts/supply-chain.',
  'bin/facts.',
  'docs/',
  'io/history/',
  'bin/silent-endpoint.',
  'bin/',
  'io/',
  'lab/',
  'scripts/',
];

/** The files that take longest begin, so that at the end no worker is alone with one of them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

const rank = ({ moduleId, project }: TestSpecification): number => {
  // Between files that share a worker it would cost them that worker.
  if (project.config.isolate) return -1;
  const index = long.findIndex((start) => moduleId.includes(`/test/${start}`));
  return index === -1 ? long.length : index;
};
