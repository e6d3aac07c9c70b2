import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../../../lab/lab.ts';
import type { Scenario } from '../../../lab/scenario.ts';
import { appErrorStatus } from '../../../lab/scenarios/app-error-status.ts';
import { hcPathWrongStatus } from '../../../lab/scenarios/hc-path-wrong-status.ts';
import { podCrashloop } from '../../../lab/scenarios/pod-crashloop.ts';
import { startLab } from '../../../lab/start.ts';
import type { World } from '../../../lab/world/world.ts';
import { output } from '../../lab/wire/command-line.ts';
import { findEngine } from '../engines/curl.ts';

const network = '127.47';

/** The manual health check of AWS's article: `curl -ivk node_IP:NodePort`, `curl -ivk pod_IP:pod_port`. */
describe.skipIf(!findEngine().found)('curl', () => {
  let lab: Lab | undefined;
  const world = (scenario: Scenario): World => scenario.build({ network });
  beforeAll(async () => {
    lab = await startLab(world(appErrorStatus));
  });
  afterAll(() => lab?.close());

  test.each([appErrorStatus, hcPathWrongStatus, podCrashloop])(
    'sees of $id what Elastic Load Balancing sees',
    async (scenario) => {
      const served = world(scenario);
      await lab?.apply(served);
      for (const target of served.targetHealth) {
        const answer = await curl(urlOf(served, target));
        expect([target.id, target.port, isHealthy(served, target, answer)]).toEqual([
          target.id,
          target.port,
          target.state === 'healthy',
        ]);
      }
    },
  );
});

type Target = World['targetHealth'][number];

const groupOf = ({ targetGroups }: World, { targetGroupArn }: Target) =>
  targetGroups.find(({ arn }) => arn === targetGroupArn);

function urlOf(world: World, target: Target): string {
  const address = world.instances.find(({ id }) => id === target.id)?.privateIp ?? target.id;
  const { protocol = 'TCP', path = '/' } = groupOf(world, target)?.healthCheck ?? {};
  return `${protocol === 'HTTPS' ? 'https' : 'http'}://${address}:${target.healthCheckPort}${path}`;
}

/** The status of the answer; `undefined` where no connection came about. */
async function curl(url: string): Promise<number | undefined> {
  try {
    return Number(await output('curl', ['-sk', '-m', '3', '-o', '/dev/null', '-w', '%{http_code}', url], {}));
  } catch (error) {
    // 7: could not connect; 28: took too long. Anything else connected, which is all that a TCP check asks for.
    return [7, 28].includes((error as { code: number }).code) ? undefined : 0;
  }
}

function isHealthy(world: World, target: Target, status: number | undefined): boolean {
  const { protocol, successCodes = '200-399' } = groupOf(world, target)?.healthCheck ?? {};
  if (status === undefined || protocol === 'TCP') return status !== undefined;
  return successCodes.split(',').some((range) => {
    const [from = '', to = from] = range.split('-');
    return status >= Number(from) && status <= Number(to);
  });
}
