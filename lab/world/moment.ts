/** The moment `seconds` before `now`, RFC 3339 to the second as Kubernetes writes it. */
export const before = (now: string, seconds: number): string =>
  `${new Date(Date.parse(now) - seconds * 1000).toISOString().slice(0, 19)}Z`;

/** Seconds from `moment` to `now`. */
export const ageInSeconds = (now: string, moment: string): number => (Date.parse(now) - Date.parse(moment)) / 1000;

/** The later of two moments. */
export const later = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? b : a);

export const minute = 60;
export const hour = 60 * minute;
export const day = 24 * hour;
