import { type Truncated, truncate, untruncated } from '../../../core/lifecycle/truncate.ts';
import type { Change } from '../../../core/model/finding.ts';

/** A change and what both its finding and its line of history keep of the diagnoses. */
export interface DigestedChange extends Change {
  digest: Truncated;
}

/** The change with its diagnoses cut as they are stored. */
export const digested = (change: Change): DigestedChange => ({
  ...change,
  digest: truncate(untruncated(change.after.diagnoses)),
});
