import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Starts of the paths of the files that take longest, the longest first, and beside those that wait for most of their time some that
 * do not; elsewhere an earlier run says, and a fresh clone has none.
 */
const long = [
  'faults/',
  'fuzz/',
  'lib/package.',
  'lib/examples.',
  'io/store/killed.',
  'lambda/',
  'bin/',
  'scenarios/',
  'io/store/',
  'io/collect/',
  'io/history/',
  'docs/',
  'commands/',
  'soak/',
  'lib/',
  'lab/',
  'io/',
  'core/diagnosis/never-silent.',
  'core/render/message-limits.',
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
