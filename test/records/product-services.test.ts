import { describe, test } from 'vitest';
import { controllerOf } from '../../core/controllers/controller.ts';
import { expectedHealthCheck, withSettings } from '../../core/controllers/expected-health-check.ts';
import { managesBackendRules, wantsOpen } from '../../core/controllers/load-balancer-controller.ts';
import { proxyProtocolSetting, whyIgnored } from '../../core/controllers/proxy-protocol.ts';
import { servicePortOf } from '../../core/kubernetes/service.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Service, Workload } from '../../core/model/kubernetes.ts';
import { groupsOf, type TargetGroupContext } from '../../core/model/target-group-context.ts';
import { factsOf, healthCheckOf, type Scene } from './facts-of-record.ts';
import { holds } from './known-differences.ts';
import { cloudProviderServices, services } from './record.ts';
import { sceneOfCloudProvider, sceneOfService } from './scenes.ts';

function serviceIn({ slices }: Facts): Service {
  const [service] = slices.services;
  if (service === undefined) throw new Error('no Service in the record');
  return service;
}

const headerOf = ({ attributes }: { attributes: Record<string, string> }) =>
  attributes['proxy_protocol_v2.enabled'] === 'true';

/** What the product expects of each target group of a scene, by the name of the group. */
function expectedOf(scene: Scene) {
  const facts = factsOf(scene);
  const service = serviceIn(facts);
  return groupsOf(facts).map((group) => ({
    name: group.targetGroup.name,
    owner: ownerOf(group),
    healthCheck: withSettings(
      group,
      expectedHealthCheck(group, service, facts.slices).filter(({ supported }) => supported),
    ),
    header: asksForHeader(group, service, facts.slices.workloads),
    // Without a binding nothing shows what the controller would have asked for.
    managesRules: facts.slices.targetGroupBindings.length > 0 && managesBackendRules(group, service, facts.slices),
    opens:
      group.targets.length > 0 &&
      wantsOpen(group, group.targets[0]?.healthCheckPort ?? 0, facts.slices.targetGroupBindings),
  }));
}

const ownerOf = ({ owner }: TargetGroupContext) => [owner?.controller, owner?.namespace, owner?.service];

function asksForHeader(group: TargetGroupContext, service: Service, workloads: Workload[]): boolean {
  const port = servicePortOf(group, service);
  const asked = port && proxyProtocolSetting(service, port);
  if (asked === undefined) return false;
  return whyIgnored(asked, group.owner?.controller, workloads) === undefined;
}

describe.each(services)('$id', (each) => {
  const { id, record, namespace, name } = each;
  const scene = sceneOfService(each);
  const ask = (aspect: string) => ({ side: 'product' as const, record: id, aspect });

  test('the AWS Load Balancer Controller takes the Service where it did so', () => {
    const facts = factsOf(scene);
    holds(
      ask('controller'),
      controllerOf(serviceIn(facts), facts.slices.workloads) === 'aws-load-balancer-controller',
      record.events.some(({ kind }) => kind === 'Service'),
    );
  });

  test('owners, health checks, Proxy Protocol and rules are as the controller made them', () => {
    const bound = (group: string) => record.targetGroupBindings.find((each) => each.name === group);
    holds(
      ask('target groups'),
      expectedOf(scene),
      record.aws.targetGroups
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map((group) => ({
          name: group.name,
          owner: ['aws-load-balancer-controller', namespace, name],
          healthCheck: healthCheckOf(group.healthCheck),
          header: headerOf(group),
          managesRules: bound(group.name)?.spec.networking !== undefined,
          opens: group.targets.length > 0 && bound(group.name)?.spec.networking !== undefined,
        })),
    );
  });
});

describe.each(cloudProviderServices)('cloud-provider-aws: %s', (name, record) => {
  const scene = sceneOfCloudProvider(name, record);
  const ask = (aspect: string) => ({ side: 'product' as const, record: `ccm-1.36.2-services/${name}`, aspect });

  test('cloud-provider-aws takes the Service where it did so', () => {
    const facts = factsOf(scene);
    holds(
      ask('controller'),
      controllerOf(serviceIn(facts), facts.slices.workloads) === 'cloud-provider-aws',
      record.first.events.length > 0,
    );
  });

  test('owners, health checks and Proxy Protocol are as the controller made them', () => {
    holds(
      ask('target groups'),
      expectedOf(scene).map(({ owner, healthCheck, header }) => ({ owner, healthCheck, header })),
      record.first.aws.targetGroups.map((group) => ({
        owner: ['cloud-provider-aws', `k-${name}`, 'web'],
        healthCheck: healthCheckOf(group.healthCheck),
        header: headerOf(group),
      })),
    );
  });
});
