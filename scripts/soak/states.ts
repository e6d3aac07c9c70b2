import { assess } from '../../core/diagnosis/assess.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { Report } from '../../core/model/report.ts';
import { connect } from '../../io/aws/clients.ts';
import { observe } from '../../io/observe.ts';
import { settleWith } from '../../lab/faults/incident.ts';
import { appErrorStatus } from '../../lab/scenarios/app-error-status.ts';
import { etpLocalNoLocalPod } from '../../lab/scenarios/etp-local-no-local-pod.ts';
import { hcPathWrongStatus } from '../../lab/scenarios/hc-path-wrong-status.ts';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { podOomkilled } from '../../lab/scenarios/pod-oomkilled.ts';
import { startLab } from '../../lab/start.ts';
import { buildAccount } from '../../lab/world/account.ts';
import { addCluster } from '../../lab/world/cluster.ts';
import type { Random } from '../accuracy/random.ts';

const places = [
  { cluster: 'blue', namespace: 'web', service: 'storefront' },
  { cluster: 'blue', namespace: 'web', service: 'images' },
  { cluster: 'blue', namespace: 'orders', service: 'checkout' },
  { cluster: 'blue', namespace: 'orders', service: 'prices' },
  { cluster: 'green', namespace: 'ledger', service: 'journal' },
  { cluster: 'green', namespace: 'cards', service: 'fraud' },
];

const faults = [appErrorStatus, etpLocalNoLocalPod, hcPathWrongStatus, podCrashloop, podOomkilled];

/** One state of the account, as it is reported when all of it can be read, and when some of it cannot. */
export interface State {
  whole: Report;
  partial: Report[];
}

/** Reads, over the lab's wire, states of an account in which faults come and go by the seed, and judges each; in the first nothing is wrong. */
export async function readStates(count: number, { below, pick }: Random): Promise<State[]> {
  const states: State[] = [];
  for (let index = 0; index < count; index += 1) {
    const world = buildAccount({ network: '127.64' });
    for (const name of ['blue', 'green']) addCluster(world, { name });
    const incidents = places.map((place) => ({
      ...place,
      scenario: index === 0 || below(2) === 0 ? healthy : pick(faults),
    }));
    const lab = await startLab(settleWith(world, incidents), { sockets: false });
    Object.assign(process.env, lab.env);
    const clients = connect({ callsPerSecond: 1000, signal: new AbortController().signal });
    try {
      const observation = await observe(clients, { probe: false, ownAddresses: [] });
      const report = (facts: Facts[]): Report => assess({ ...observation, facts }).report;
      states.push({
        whole: report(observation.facts),
        partial: [report(observation.facts.map(withoutPods)), report(observation.facts.map(withoutHealth))],
      });
    } finally {
      clients.close();
      await lab.close();
    }
  }
  return states;
}

const refused = (slice: Gap['slice'], cluster: string): Gap => ({
  slice,
  scope: { kind: 'cluster', name: cluster },
  reason: 'unreachable',
  action: `list ${slice}`,
  message: 'the API server does not answer',
  remedy: 'Let the auditor reach the API server.',
});

/** What is left where the pods of the first cluster cannot be read. */
const withoutPods = (facts: Facts): Facts =>
  facts.cluster?.name === 'blue'
    ? {
        ...facts,
        slices: { ...facts.slices, pods: [], podLogs: [] },
        gaps: [...facts.gaps, refused('pods', 'blue'), refused('podLogs', 'blue')],
      }
    : facts;

/** What is left where the health of the target groups of the second cluster cannot be read. */
const withoutHealth = (facts: Facts): Facts =>
  facts.cluster?.name === 'green'
    ? {
        ...facts,
        slices: { ...facts.slices, targetHealth: [] },
        gaps: [
          ...facts.gaps,
          ...facts.slices.targetGroups.map(
            ({ arn }): Gap => ({ ...refused('targetHealth', 'green'), scope: { kind: 'target-group', arn } }),
          ),
        ],
      }
    : facts;
