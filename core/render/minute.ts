/** A moment (RFC 3339, in UTC) for people, to the minute. */
export const minute = (moment: string): string => `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;

/** From when to when something that is over was there. */
export const minutesFrom = (openedAt: string, at: string): string => `from ${minute(openedAt)} to ${minute(at)}`;
