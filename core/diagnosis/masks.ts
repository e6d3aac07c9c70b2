import type { CheckMetadata } from './check.ts';

type Masking = Pick<
  CheckMetadata,
  'id' | 'masks' | 'masksEvery' | 'driftSymptom' | 'healthCheckMismatch' | 'dropSymptom' | 'unreadySymptom'
>;

/** True where the observation of `other` follows from this fault. */
export const isMasked = (other: Masking, by: Masking): boolean =>
  other.id !== by.id && (by.masks.includes(other.id) || (by.masksEvery ?? []).some((kind) => other[kind] === true));
