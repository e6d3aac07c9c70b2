import { describe, test } from 'vitest';
import type { HealthCheck } from '../../core/model/aws.ts';
import { settle } from '../../lab/settle.ts';
import type { World } from '../../lab/world/world.ts';
import { changeOf, compared, isOfRecorder } from './cloud-provider-change.ts';
import { withoutDetails } from './complaint.ts';
import { holds } from './known-differences.ts';
import { clusterIn, giveService, labWorld, madeBy } from './lab-of-record.ts';
import { cloudProviderChanges } from './record.ts';

describe.each(cloudProviderChanges)('%s', (name, record) => {
  const ask = (aspect: string) => ({ side: 'lab' as const, record: `ccm-1.36.2-changes/${name}`, aspect });

  test('the lab changes the target group as cloud-provider-aws does', () => {
    const { scene, changed } = changeOf(name, record);
    const lab = { ...scene, pods: 2 };
    const fresh = labWorld(lab);
    clusterIn(fresh).controllerRunning = false;
    giveService(fresh, lab);
    const before = settle(fresh);
    setByHand(before, record.before);
    const after = structuredClone(before);
    giveService(after, { ...lab, annotations: changed });
    const made = madeBy(after);

    const [was] = record.before;
    const [is] = record.after;
    holds(ask('kept'), made.world.targetGroups[0]?.name === before.targetGroups[0]?.name, was?.[0] === is?.[0]);
    holds(ask('health check'), compared(made.targetGroups[0]?.healthCheck), is && rowOf(is));
    holds(ask('targets'), made.targetGroups[0]?.targets.length, is?.[2]);
    holds(
      ask('complaints'),
      made.complaints.map(withoutDetails),
      record.events
        .filter((event) => !isOfRecorder(event))
        .map(({ kind, reason, message }) => withoutDetails(`${kind} ${reason}: ${message}`)),
    );
  });
});

type Row = (typeof cloudProviderChanges)[number][1]['before'][number];

/** Protocol, port, path, interval and thresholds; time-out and codes are defaults of the stand-in. */
const rowOf = ([, [protocol, port, path, interval, , healthy, unhealthy]]: Row) => [
  protocol,
  port,
  protocol === 'TCP' ? null : path,
  interval,
  healthy,
  unhealthy,
];

/** The settings that stood there before the change, whoever had made them. */
function setByHand({ targetGroups: [group] }: World, [row]: Row[]): void {
  if (group === undefined || row === undefined) return;
  const [protocol, port, , interval, timeout, healthy, unhealthy] = row[1];
  const settings = {
    protocol,
    port: group.healthCheck.port === 'traffic-port' ? port : group.healthCheck.port,
    intervalSeconds: interval,
    timeoutSeconds: timeout,
    healthyThreshold: healthy,
    unhealthyThreshold: unhealthy,
  };
  Object.assign(group.healthCheck, settings satisfies Record<keyof typeof settings, unknown> as Partial<HealthCheck>);
}
