import { parseKey } from '../../model/fingerprint.ts';
import type { Message } from '../../notification/message.ts';

/** What people call the account, where the deployment gave it a name; its number is in the fingerprint. */
export const accountOf = ({ accountName }: Pick<Message, 'accountName'>): string[] =>
  accountName === undefined ? [] : [`account ${accountName}`];

/** Which account and Region a message is about, where its fingerprint is not shown. */
export function accountAndRegionOf(message: Pick<Message, 'accountName' | 'fingerprint'>): string {
  const { account, region } = parseKey(message.fingerprint);
  return [...accountOf(message), `${account}/${region}`].join(' · ');
}
