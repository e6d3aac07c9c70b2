import { describe, expect, test } from 'vitest';
import { settle } from '../../lab/settle.ts';
import { withoutDetails } from './complaint.ts';
import { healthCheckOf } from './facts-of-record.ts';
import { holds } from './known-differences.ts';
import { giveService, labWorld, madeBy } from './lab-of-record.ts';
import { changes } from './record.ts';
import { sceneOfChange } from './scenes.ts';

const targetType = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';

describe.each(changes)('%s', (name, record) => {
  const scene = sceneOfChange(name, record, 'after');
  const [made] = record.after.targetGroups;
  const asIp = ['ip', 'ipnamed'].includes(record.kind);
  const lab = { ...scene, pods: asIp ? (made?.targets.length ?? 1) : 2 };
  const ask = (aspect: string) => ({ side: 'lab' as const, record: `lbc-3.5.0-changes/${name}`, aspect });

  test('the lab makes of the change what the controller made of it', () => {
    const world = labWorld(lab);
    giveService(world, { ...lab, annotations: { [targetType]: asIp ? 'ip' : 'instance' } });
    const before = settle(world);
    giveService(before, lab);
    const after = madeBy(before);
    expect(
      after.world.targetGroups.map(({ arn }) => arn),
      'the target group stays',
    ).toEqual(before.targetGroups.map(({ arn }) => arn));
    const [group] = after.targetGroups;
    holds(ask('health check'), group?.healthCheck, made && healthCheckOf(made.healthCheck));
    holds(
      ask('targets'),
      group?.targets,
      made?.targets.map(({ id, port }) => `${id.startsWith('i-') ? 'node' : 'pod'}:${port}`).toSorted(),
    );
    holds(ask('attributes'), group?.attributes, made?.attributes);
    holds(ask('tags'), group?.tags, made?.tags);
    holds(
      ask('complaints'),
      after.complaints.map(withoutDetails),
      record.events
        .filter(({ type }) => type === 'Warning')
        .map(({ kind, reason, message }) => withoutDetails(`${kind} ${reason}: ${message}`)),
    );
  });
});
