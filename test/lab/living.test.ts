import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
} from '@kubernetes/client-node';
import { afterEach, describe, expect, test } from 'vitest';
import { demoWorld } from '../../lab/demo.ts';
import type { Lab } from '../../lab/lab.ts';
import type { Scenario } from '../../lab/scenario.ts';
import { controllerNotRunningOrStuck } from '../../lab/scenarios/controller-not-running-or-stuck.ts';
import { hcPathWrongStatus } from '../../lab/scenarios/hc-path-wrong-status.ts';
import { podOomkilled } from '../../lab/scenarios/pod-oomkilled.ts';
import { sgRuleRemovedByOtherManager } from '../../lab/scenarios/sg-rule-removed-by-other-manager.ts';
import { startLab } from '../../lab/start.ts';
import type { World } from '../../lab/world/world.ts';
import { auditLab } from '../../scripts/heal/audit-lab.ts';
import { turnedAway } from '../../scripts/heal/reach-clients.ts';
import { assertConforming } from '../service-model/assert-conforming.ts';
import { clientOf } from './wire/lab-fixture.ts';

const start = '2026-11-22T10:00:00Z';
const labs: Lab[] = [];
let now = start;

afterEach(async () => {
  for (const lab of labs.splice(0)) {
    await lab.close();
    assertConforming(lab.calls);
  }
});

async function live(world: World): Promise<Lab> {
  now = start;
  const lab = await startLab(world, { clock: () => now });
  labs.push(lab);
  return lab;
}
const struck = (scenario: Scenario): Promise<Lab> => live(scenario.build({ now: start }));

const causes = async (lab: Lab): Promise<string[]> =>
  (await auditLab(lab)).diagnoses.map(({ service, verdict, cause }) => `${service} ${verdict} ${cause}`).toSorted();

function kubernetes(lab: Lab): KubeConfig {
  const config = new KubeConfig();
  config.loadFromString(lab.kubeconfig);
  return config;
}

const checkout = { namespace: 'orders', name: 'checkout' };

describe('a lab that lives', () => {
  test('finds the same hours and days later: nothing ages into another cause, and leases are renewed', async () => {
    const lab = await live(demoWorld({ now: start }));
    const first = await causes(lab);
    expect(first.length).toBeGreaterThan(7);
    for (const moment of ['2026-11-22T10:07:00Z', '2026-11-22T16:00:00Z', '2026-11-25T09:30:00Z']) {
      now = moment;
      expect(await causes(lab)).toEqual(first);
      expect(lab.world.now.slice(0, 19)).toBe(moment.slice(0, 19));
    }
  });

  test('lets the controller build what an annotation asks for, and its clients through', async () => {
    const lab = await struck(hcPathWrongStatus);
    expect(await causes(lab)).toContain('checkout unhealthy hc-path-wrong-status');
    const body = {
      metadata: { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-path': '/ready' } },
    };
    await kubernetes(lab)
      .makeApiClient(CoreV1Api)
      .patchNamespacedService({ ...checkout, body }, setHeaderOptions('Content-Type', PatchStrategy.MergePatch));
    expect(await causes(lab)).toEqual([]);
    expect(
      await turnedAway(
        lab.world,
        lab.world.targetGroups.map(({ arn }) => arn),
      ),
    ).toEqual([]);
  });

  test('replaces every pod of a changed template, and ends the fault that the change removes', async () => {
    const lab = await struck(podOomkilled);
    const before = lab.world.targetHealth.filter(({ state }) => state === 'unhealthy').length;
    expect(before).toBe(3);
    const container = { name: 'checkout', resources: { limits: { memory: '128Mi' } } };
    await kubernetes(lab)
      .makeApiClient(AppsV1Api)
      .patchNamespacedDeployment(
        { ...checkout, body: { spec: { template: { spec: { containers: [container] } } } } },
        setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
      );
    expect(await causes(lab)).toEqual([]);
  });

  test('does not undo in AWS what controllers have not noticed, and opens to clients only what a rule opens', async () => {
    const lab = await struck(sgRuleRemovedByOtherManager);
    const [diagnosis] = (await auditLab(lab)).diagnoses;
    const permissions = (port: number) => [
      { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '127.0.0.0/8' }] },
    ];
    const group = lab.world.networkInterfaces.find(({ instanceId }) => instanceId !== undefined)?.securityGroups[0];
    const own = lab.world.targetGroups.find(({ arn }) => arn === diagnosis?.targetGroupArn);
    const target = lab.world.targetHealth.find(({ targetGroupArn }) => targetGroupArn === own?.arn);
    expect(await turnedAway(lab.world, [own?.arn ?? ''])).not.toEqual([]);
    const ec2 = new EC2Client(clientOf(lab));
    const IpPermissions = permissions(target?.port ?? 0);
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions }));
    expect(await turnedAway(lab.world, [own?.arn ?? ''])).toEqual([]);
    await expect(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions }))).rejects.toThrow(
      'already exists',
    );
    ec2.destroy();
  });

  test('sets a controller to work again that was scaled to nothing', async () => {
    const lab = await struck(controllerNotRunningOrStuck);
    expect(await causes(lab)).toContain('checkout unhealthy controller-not-running-or-stuck');
    await kubernetes(lab)
      .makeApiClient(AppsV1Api)
      .patchNamespacedDeploymentScale(
        { namespace: 'kube-system', name: 'aws-load-balancer-controller', body: { spec: { replicas: 2 } } },
        setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
      );
    expect((await causes(lab)).filter((line) => /controller-not-running/.test(line))).toEqual([]);
  });

  test('refuses what the API server refuses', async () => {
    const lab = await struck(hcPathWrongStatus);
    const core = kubernetes(lab).makeApiClient(CoreV1Api);
    const options = setHeaderOptions('Content-Type', PatchStrategy.JsonPatch);
    const remove = [{ op: 'remove', path: '/spec/ports/7' }];
    await expect(core.patchNamespacedService({ ...checkout, body: remove }, options)).rejects.toMatchObject({
      code: 400,
    });
    await expect(core.deleteNamespacedService({ namespace: 'orders', name: 'gone' })).rejects.toMatchObject({
      code: 404,
    });
    const binding = {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: { name: 'x' },
      spec: {},
    };
    const custom = kubernetes(lab).makeApiClient(CustomObjectsApi);
    const place = { group: 'elbv2.k8s.aws', version: 'v1beta1', plural: 'targetgroupbindings', namespace: 'orders' };
    const [existing] = lab.world.clusters.flatMap(({ objects }) =>
      objects.filter((each) => each.kind === 'TargetGroupBinding' && each.metadata.namespace === 'orders'),
    );
    binding.metadata.name = existing?.metadata.name ?? '';
    await expect(custom.createNamespacedCustomObject({ ...place, body: binding })).rejects.toMatchObject({ code: 409 });
  });
});
