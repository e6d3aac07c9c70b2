/** How much people are told, and when. */
export interface NoiseRules {
  /** Minutes for which a cause must last before it is told; 0 = at once. */
  holdDownMinutes: number;
  /** Hours after which an open incident is told again; `null` = never. */
  remindAfterHours: number | null;
  /** If more incidents open in one run, they are sent as one summary. */
  summaryAbove: number;
  /** How often a summary of all that is open is sent. */
  digest: 'off' | 'daily' | 'weekly';
  /** Only critical incidents are told in these hours, the others afterwards if they are still open. */
  quietHours: QuietHours | null;
}

/** Every day between two times of day, over midnight too. */
export interface QuietHours {
  /** `HH:MM`. */
  from: string;
  /** `HH:MM`. */
  to: string;
  /** Of the IANA database, for example `Europe/Berlin`. */
  timeZone: string;
}

export const defaultNoise: NoiseRules = {
  holdDownMinutes: 0,
  remindAfterHours: 24,
  summaryAbove: 5,
  digest: 'off',
  quietHours: null,
};

/** True when the moment lies in the quiet hours; their end belongs to the day. */
export function isQuietAt({ from, to, timeZone }: QuietHours, moment: string): boolean {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(moment));
  return from <= to ? from <= time && time < to : from <= time || time < to;
}
