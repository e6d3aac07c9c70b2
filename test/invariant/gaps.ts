import type { Facts } from '../../core/model/facts.ts';
import type { Gap, GapReason } from '../../core/model/gap.ts';
import type { SliceName } from '../../core/model/slices.ts';

const reasons: GapReason[] = ['denied', 'throttled', 'deadline', 'unreachable'];

/** The facts as a run would have them that could not read some slices: they are empty, each with its gap. */
export function withGaps(facts: Facts, picks: { slice: number; reason: number }[]): Facts {
  const names = (Object.keys(facts.slices) as SliceName[]).filter((name) => name !== 'targetGroups');
  const hidden = [...new Set(picks.map(({ slice }) => names[slice % names.length]))].flatMap((name) => name ?? []);
  const gaps = hidden.map(
    (slice, index): Gap => ({
      slice,
      scope: { kind: 'all' },
      reason:
        slice === 'probes' ? 'not-requested' : (reasons[(picks[index]?.reason ?? 0) % reasons.length] ?? 'denied'),
      action: `read ${slice}`,
      message: 'it could not be read',
      remedy: 'grant it',
    }),
  );
  const emptied = Object.fromEntries(hidden.map((name) => [name, []]));
  const copy = structuredClone(facts);
  return { ...copy, slices: { ...copy.slices, ...emptied }, gaps: [...facts.gaps, ...gaps] };
}
