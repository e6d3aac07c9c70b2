import { assess } from '../../core/diagnosis/assess.ts';
import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import { defaultNoise } from '../../core/notification/policy.ts';
import { type Observed, observe } from '../../io/observe.ts';
import { type Recording, record, replay } from './recording.ts';

/** What an account answers that has faults. */
export const recording = await record();

/** What a run makes of answers. */
export async function observation(answers: Recording): Promise<Observed> {
  const clients = replay(answers);
  try {
    return await observe(clients, { probe: false, ownAddresses: [] });
  } finally {
    clients.close();
  }
}

export const whole = await observation(recording);

export const { report } = assess(whole);

/** Of a run in a test, without mutes. */
export const rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };
