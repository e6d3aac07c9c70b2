/** `2026-11-22 10:00:05 UTC`. */
export const formatTime = (at: string): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** `3.6 s`, `2 min 5 s`, `5 h` or `3 d 4 h`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return formatTwo([Math.floor(whole / 60), 'min'], [whole % 60, 's']);
  const minutes = Math.round(whole / 60);
  if (minutes < 1440) return formatTwo([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min']);
  return formatTwo([Math.floor(minutes / 1440), 'd'], [Math.floor((minutes % 1440) / 60), 'h']);
}

type Part = [number: number, unit: string];

const formatTwo = (large: Part, small: Part): string =>
  [large, small].flatMap(([number, unit]) => (number === 0 ? [] : [`${number} ${unit}`])).join(' ');

/** `3.2 ms`, or `3000 ms` without the fraction that nobody needs. */
export const formatMilliseconds = (time: number): string => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
