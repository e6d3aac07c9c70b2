import type { Gap } from '../../model/gap.ts';
import { unreadItems } from '../unread-items.ts';
import { type Markup, markup, nothing } from './markup.ts';

/** What could not be read, so that nobody takes silence for health. */
export function listUnread(gaps: Gap[]): Markup {
  if (gaps.length === 0) return nothing;
  return markup`<section aria-labelledby="unread"><h2 id="unread">Not read, so not judged</h2><ul class="gaps">${unreadItems(
    gaps,
  ).map(
    ({ reason, what, detail }) =>
      markup`<li data-words="${reason} ${what} ${detail}"><span class="badge plain">${reason}</span> <b>${what}</b><p>${detail}</p></li>`,
  )}</ul></section>`;
}
