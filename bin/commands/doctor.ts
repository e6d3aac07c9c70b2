import { secretsOf } from '../../config/channel.ts';
import { type Config, loadConfig } from '../../config/config.ts';
import { isUncovered } from '../../core/diagnosis/uncovered.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { placeAs } from '../../io/aws/identity/assume-role.ts';
import { signIn } from '../../io/aws/identity/sign-in.ts';
import { secretsClient } from '../../io/aws/secrets-client.ts';
import type { Examination } from '../../io/doctor/examination.ts';
import { examineAccess } from '../../io/doctor/examine-access.ts';
import { examineSecret } from '../../io/doctor/secret.ts';
import { noPast } from '../../io/history/with-past.ts';
import { observe } from '../../io/observe.ts';
import { exit } from '../exit.ts';
import { sizeOf } from '../observe-account.ts';
import { say } from '../say.ts';
import { open, type SessionOptions } from '../session.ts';

export interface DoctorOptions extends SessionOptions {
  /** Configuration file whose VPCs must exist, whose secrets must hold credentials, and whose reads of the past must be allowed. */
  config?: string;
}

/** Makes every read of an audit and prints what is missing, each with the command or line that fixes it. */
export async function doctor({ config: path, ...options }: DoctorOptions): Promise<void> {
  const config = path === undefined ? undefined : loadConfig(path);
  await using session = open(options);
  session.progress.step('signing in to AWS');
  const { clients, turn } = session;
  await signIn(clients, options);
  session.progress.step('trying every read of an audit');
  const { inventory, facts } = await observe(clients, {
    scope: { ...(config && { coveredVpcIds: config.vpcs.map(({ id }) => id) }) },
    probe: false,
    turn,
  });
  session.progress.step('looking at ways and access');
  const examinations = [
    ...(await examineAccess({ inventory, facts, clients, past: config ?? noPast })),
    ...inventory.gaps
      .filter(isUncovered)
      .map(({ message, remedy, action }): Examination => ({ what: action, ok: false, saw: message, mend: [remedy] })),
    ...(await examineSecrets(config?.notify, options)),
  ];

  session.progress.end();
  say(`account ${inventory.account}, Region ${inventory.region}, ${sizeOf(inventory)}`);
  for (const { cluster, vpcId, vantage, ...rest } of facts) {
    const place =
      vantage.kind === 'vpc' ? `probes start in ${vantage.subnetIds.join(', ')}` : `no probes: ${vantage.note}`;
    say(
      `${cluster?.name ?? 'no cluster'} in ${vpcId}: ${groupsOf({ cluster, vpcId, vantage, ...rest }).length} target groups; ${place}`,
    );
  }
  const missing = examinations.filter(({ ok }) => !ok);
  for (const { what, saw } of examinations.filter(({ ok }) => ok)) say(`✓ ${what}: ${saw}`);
  for (const { what, saw, mend: fixes } of missing) say([`✗ ${what}: ${saw}`, ...fixes].join('\n  '));
  if (missing.length === 0) say('✓ everything that an audit reads can be read');
  process.exitCode = missing.length === 0 ? exit.nothingWrong : exit.incomplete;
}

async function examineSecrets(
  notify: Config['notify'] | undefined,
  { role, ...place }: SessionOptions,
): Promise<Examination[]> {
  if (notify === undefined) return [];
  const client = secretsClient(placeAs(role, place));
  try {
    const needs = secretsOf({ ...notify, channels: Object.values(notify.channels) });
    return await Promise.all(needs.map((need) => examineSecret(client, need)));
  } finally {
    client.destroy();
  }
}
