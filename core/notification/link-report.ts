import type { Message } from './message.ts';
import type { Announcements } from './situation.ts';

/** The announcements with the key of the report that tells more in each message. */
export function linkReport({ board, incidents }: Announcements, report: string): Announcements {
  const linked = <News extends { message: Message | null }>(news: News): News =>
    news.message === null ? news : { ...news, message: { ...news.message, report } };
  return { board: board === null ? null : linked(board), incidents: incidents.map(linked) };
}
