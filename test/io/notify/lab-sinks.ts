import { onTestFinished, vi } from 'vitest';
import { readSettings } from '../../../config/settings.ts';
import type { Sink } from '../../../io/notify/sink.ts';
import { sinksOf } from '../../../io/notify/sinks.ts';
import type { Lab } from '../../../lab/lab.ts';
import { type LabOptions, startLab } from '../../../lab/start.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import type { World } from '../../../lab/world/world.ts';

export const busArn = 'arn:aws:events:eu-west-1:111122223333:event-bus/findings';

/** A lab without targets, and the sinks of some channels that lead to it, by name. */
export async function labSinks(
  settings: (lab: Lab) => object,
  world: Partial<World> = {},
  options: LabOptions = {},
): Promise<{ lab: Lab; sinks: Record<string, Sink> }> {
  const lab = await startLab({ ...buildAccount(), buses: [busArn] }, { sockets: false, ...options });
  onTestFinished(() => lab.close());
  const secrets = {
    'nlb/slack': lab.slack.token,
    'nlb/pagerduty': lab.pagerDuty.routingKey,
    'nlb/teams': lab.teamsUrl,
    ...world.secrets,
  };
  await lab.apply({ ...lab.world, ...world, secrets: { ...lab.world.secrets, ...secrets } });
  for (const [name, value] of Object.entries(lab.env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const given = { name: 'eks-nlb-auditor', table: 'eks-nlb-auditor', ...settings(lab) };
  const sinks = sinksOf(readSettings({ AUDITOR_SETTINGS: JSON.stringify(given) }));
  return { lab, sinks: Object.fromEntries(sinks.map((sink) => [sink.name, sink])) };
}
