import { EKSClient } from '@aws-sdk/client-eks';
import type { Context } from 'aws-lambda';
import { type GrantedAccess, grantOwnAccess } from '../io/access/grant-own-access.ts';
import { readReconcilerSettings } from '../io/access/reconciler-settings.ts';
import { requestHandler } from '../io/aws/time-outs.ts';
import { noUsage } from '../io/aws/usage.ts';
import { watched } from '../io/aws/watched.ts';
import { log } from '../io/log.ts';

/** Milliseconds to say what was granted and what was not. */
const reserveMs = 5000;

/** Gives the auditor its access entry in clusters of its VPCs that have none; fails where a cluster refuses. */
export const handler = async (
  _event?: unknown,
  context?: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<GrantedAccess[]> => {
  const { entry, vpcIds } = readReconcilerSettings(process.env);
  const client = new EKSClient({ requestHandler });
  const signal = AbortSignal.timeout((context?.getRemainingTimeInMillis() ?? 60_000) - reserveMs);
  // Requests under way end with their sockets.
  signal.addEventListener('abort', () => client.destroy(), { once: true });
  client.middlewareStack.use(watched({ service: 'eks', concurrency: 1, usage: noUsage(), signal }));
  try {
    const granted = await grantOwnAccess(client, entry, vpcIds);
    for (const each of granted.filter(({ outcome }) => outcome === 'granted'))
      log('info', 'access granted', { ...each });
    const refused = granted.filter(({ outcome }) => outcome === 'refused');
    for (const each of refused) log('error', 'access refused', { ...each });
    if (refused.length > 0) throw new Error(`no access to ${refused.map(({ cluster }) => cluster).join(', ')}`);
    return granted;
  } finally {
    client.destroy();
  }
};
