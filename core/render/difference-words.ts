import type { Difference } from '../model/diagnosis.ts';

/** `pods image of app: web:1 → web:2`. */
export function formatDifference({ what, before, now }: Difference): string {
  if (before === null) return now === 'present' ? `${what}: new` : `${what}: new, ${now}`;
  return now === null ? `${what}: not there any more` : `${what}: ${before} → ${now}`;
}
