import { expect, test } from 'vitest';
import { settle } from '../../lab/settle.ts';
import { healthCheckOf } from './facts-of-record.ts';
import { holds } from './known-differences.ts';
import { giveService, type LabScene, labWorld, madeBy } from './lab-of-record.ts';
import { changesInTurn } from './record.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
const type = (targetType: string) => ({ [`${prefix}nlb-target-type`]: targetType });
const check = (settings: Record<string, string>) =>
  Object.fromEntries(Object.entries(settings).map(([end, value]) => [`${prefix}healthcheck-${end}`, value]));
const http = { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' as const, nodePort: 30134 };
const second = { name: 'second', port: 81, targetPort: 8080, protocol: 'TCP' as const, nodePort: 30140 };
const checked = { interval: '20', protocol: 'http', port: '9090' };

interface Turn {
  step: string;
  annotations: Record<string, string>;
  spec?: Partial<LabScene['spec']>;
}

/** The Service after each turn. */
const turns: Turn[] = [
  { step: '0', annotations: type('ip') },
  { step: 'interval', annotations: { ...type('ip'), ...check({ interval: '20' }) } },
  { step: 'protocol', annotations: { ...type('ip'), ...check({ interval: '20', protocol: 'http' }) } },
  { step: 'port', annotations: { ...type('ip'), ...check(checked) } },
  { step: 'type-instance', annotations: { ...type('instance'), ...check(checked) } },
  {
    step: 'nodeport',
    annotations: { ...type('instance'), ...check(checked) },
    spec: { ports: [{ ...http, nodePort: 31999 }] },
  },
  {
    step: 'local',
    annotations: { ...type('instance'), ...check(checked) },
    spec: { ports: [{ ...http, nodePort: 31999 }], externalTrafficPolicy: 'Local', healthCheckNodePort: 32111 },
  },
  {
    step: 'second-port',
    annotations: { ...type('instance'), ...check(checked) },
    spec: {
      ports: [{ ...http, nodePort: 31999 }, second],
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 32111,
    },
  },
  {
    step: 'first-port-gone',
    annotations: { ...type('instance'), ...check(checked) },
    spec: { ports: [second], externalTrafficPolicy: 'Local', healthCheckNodePort: 32111 },
  },
  { step: 'to-clusterip', annotations: { ...type('instance'), ...check(checked) }, spec: { type: 'ClusterIP' } },
];

const sceneOf = ({ annotations, spec }: Turn): LabScene => ({
  cluster: 'prod',
  release: '3.5.0',
  namespace: 'd-names',
  name: 'web',
  annotations,
  spec: { loadBalancerClass: 'service.k8s.aws/nlb', ports: [http], ...spec },
  pods: 1,
});

test('the lab keeps and remakes target groups where the controller does', () => {
  const [first] = turns;
  if (first === undefined) throw new Error('there are turns');
  let world = labWorld(sceneOf(first));
  let before: { names: string; recorded: string } | undefined;
  for (const turn of turns) {
    const record = changesInTurn.get(turn.step);
    if (record === undefined) throw new Error(`no record of ${turn.step}`);
    giveService(world, sceneOf(turn));
    world = settle(world);
    const ask = (aspect: string) => ({
      side: 'lab' as const,
      record: `lbc-3.5.0-changes-in-turn/${turn.step}`,
      aspect,
    });
    const groups = record.tgs ?? (record.tg === undefined ? [] : [[record.tg]]);
    const recorded = groups.map(([name]) => name).join(' ');
    const names = world.targetGroups.map(({ name }) => name).join(' ');
    holds(ask('number of groups'), world.targetGroups.length, groups.length);
    if (before !== undefined) holds(ask('kept'), names === before.names, recorded === before.recorded);
    before = { names, recorded };
    const made = madeBy(world);
    if (record.hc !== undefined)
      holds(ask('health check'), made.targetGroups[0]?.healthCheck, healthCheckOf(record.hc));
    const [, detail, targets = record.targets] = groups[0] ?? [];
    if (typeof detail === 'object')
      holds(ask('health check'), made.targetGroups[0]?.healthCheck, healthCheckOf(detail as never));
    if (targets !== undefined) {
      const ports = (targets as { port: number }[]).map(({ port }) => port);
      holds(
        ask('ports of targets'),
        made.targetGroups[0]?.targets.map((each) => Number(each.split(':')[1])),
        ports,
      );
    }
  }
  expect(before?.recorded).toBe('');
});
