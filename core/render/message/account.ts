import type { Message } from '../../notification/message.ts';

/** What people call the account, where the deployment gave it a name; its number is in the fingerprint. */
export const accountOf = ({ accountName }: Pick<Message, 'accountName'>): string[] =>
  accountName === undefined ? [] : [`account ${accountName}`];
