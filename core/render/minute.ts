/** A moment (RFC 3339, in UTC) for people, to the minute. */
export const minute = (moment: string): string => `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
