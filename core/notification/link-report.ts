import type { Message } from './message.ts';
import type { Announcements } from './situation.ts';

/** The announcements with the key of the report that tells more in each message. */
export function linkReport({ board, incidents }: Announcements, report: string): Announcements {
  const linked = <Update extends { message: Message | null }>(update: Update): Update =>
    update.message === null ? update : { ...update, message: { ...update.message, report } };
  return { board: board === null ? null : linked(board), incidents: incidents.map(linked) };
}
