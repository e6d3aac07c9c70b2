import { onTestFinished, vi } from 'vitest';
import { type Clients, connect } from '../../io/aws/clients.ts';
import type { Lab } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { unpaced } from '../../lab/unpaced.ts';
import type { World } from '../../lab/world/world.ts';
import { assertConforming } from '../service-model/assert-conforming.ts';

export interface LabSession {
  lab: Lab;
  clients: Clients;
}

/**
 * A lab without targets and clients that the SDK's own environment points at it, both gone when the test is over. What
 * they said to each other must be as the API models say.
 */
export async function labSession(world: World, signal = new AbortController().signal): Promise<LabSession> {
  const lab = await startLab(world, { sockets: false });
  onTestFinished(() => lab.close());
  onTestFinished(() => assertConforming(lab.calls));
  for (const [name, value] of Object.entries(lab.env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const clients = connect({ ...unpaced, signal });
  onTestFinished(clients.close);
  return { lab, clients };
}

/** Calls of one action that reached the lab. */
export const callsOf = ({ lab }: LabSession, action: string): number =>
  lab.calls.filter((call) => `${call.service}:${call.action}` === action).length;
