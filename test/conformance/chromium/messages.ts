import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import type { Report } from '../../../core/model/report.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import type { Message } from '../../../core/notification/message.ts';
import { defaultNoise } from '../../../core/notification/policy.ts';
import { type Rules, reconcileState } from '../../../core/notification/reconcile-state.ts';
import { demoLater, demoWorld } from '../../../lab/demo.ts';
import { auditWorld, thisSecond } from '../../scenarios/audit-world.ts';

const network = '127.47';
const hour = 3_600_000;
const each: Rules = { lifeCycle: defaultLifeCycle, noise: { ...defaultNoise, summaryAbove: 1000 }, mutes: [] };
const daily: Rules = { ...each, noise: { ...each.noise, digest: 'daily' } };

/** What the demo account owes people: when its faults open, half of them are mended, and a day has passed. */
export async function demoMessages(): Promise<Record<'opened' | 'changed' | 'resolved' | 'digest', Message>> {
  const now = Date.parse(thisSecond());
  const at = (hours: number): string => new Date(now + hours * hour).toISOString();
  const world = demoWorld({ network, now: at(0) });
  const { report: first } = await auditWorld(world);
  const { report: later } = await auditWorld(demoLater(world, at(1)));

  let memory = emptyMemory();
  const tell = (report: Report, hours: number, rules = each): Message[] => {
    const run = { ...report.run, id: at(hours), finishedAt: at(hours) };
    const advanced = reconcileState(memory, { ...report, run }, rules);
    memory = advanced.memory;
    const { board, incidents } = advanced.announcements;
    return [board?.message ?? [], incidents.flatMap(({ message }) => message ?? [])].flat();
  };

  tell({ ...first, diagnoses: [] }, -30);
  const opened = tell(first, -26);
  const [spreading] = opened.flatMap(({ diagnoses }) => diagnoses.filter(({ service }) => service !== null));
  if (spreading === undefined) throw new Error('no cause to spread');
  const changed = tell({ ...first, diagnoses: [...first.diagnoses, atAnotherService(spreading)] }, -25);
  const after = tell(later, -24);
  const [digest] = tell(later, 0, daily);
  return {
    opened: one(opened, 'opened'),
    changed: one(changed, 'changed'),
    resolved: one(after, 'resolved'),
    digest: one(digest === undefined ? [] : [digest], 'summary'),
  };
}

/** The same cause, at a Service beside it. */
function atAnotherService(diagnosis: Diagnosis): Diagnosis {
  const { service, fingerprint, targetGroupArn } = diagnosis;
  const [name, other] = [`/${service}/`, `/${service}-canary/`];
  return {
    ...diagnosis,
    service: `${service}-canary`,
    fingerprint: fingerprint.replace(name, other),
    targetGroupArn: targetGroupArn.replace(/(\/k8s-[\w-]+?)-(\w+)\//, '$1-canary-$2/'),
  };
}

function one(messages: Message[], transition: Message['transition']): Message {
  const found = messages.find((message) => message.transition === transition);
  if (found === undefined) throw new Error(`no message ${transition}: ${messages.map((each) => each.transition)}`);
  return found;
}
