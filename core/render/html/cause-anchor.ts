/** The place of the page that tells of what is wrong by one cause; a message leads there. */
export const causeAnchor = (cause: string | null): string => `cause-${cause ?? 'unexplained'}`;
