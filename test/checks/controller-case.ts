import type { Cluster } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Lease, TargetGroupBinding, Workload } from '../../core/model/kubernetes.ts';
import {
  deployment,
  fail,
  metadata,
  probe,
  sampleFacts,
  takenAt,
  target,
  targetGroupArn,
} from '../core/sample-facts.ts';
import { given } from './check-tester.ts';

/** The ip group of the sample. */
export const ip = (): Facts => sampleFacts({ targetType: 'ip' });

/** An address that no pod has any more is still registered, and fails. */
export const stale = given(ip, ({ slices }) => {
  slices.targetHealth.push(target({ id: '10.0.2.77', state: 'unhealthy', reason: 'Target.FailedHealthChecks' }));
});

/** No target is registered, though both pods have long been ready. */
export const empty = given(ip, ({ slices }) => {
  slices.targetHealth = [];
});

/** The Service asks for another path than the target group has, on which the pods would answer well. */
export const stuck = given(ip, (facts) => {
  const [group] = facts.slices.targetGroups;
  const [service] = facts.slices.services;
  if (group === undefined || service === undefined) throw new Error('the sample has one of each');
  group.healthCheck = { ...group.healthCheck, protocol: 'HTTP', path: '/old', successCodes: '200-399' };
  Object.assign(service.metadata.annotations, {
    'service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol': 'http',
    'service.beta.kubernetes.io/aws-load-balancer-healthcheck-path': '/new',
  });
  fail(facts.slices.targetHealth);
  probe(facts, 'health-check', { kind: 'http', status: 404 }, { path: '/old' });
  probe(facts, 'expected-check', { kind: 'http', status: 200 }, { path: '/new' });
});

/** The rule of the nodes admits the load balancer no more, though a binding asks for it. */
export const lackingRule = given(ip, (facts) => {
  for (const group of facts.slices.securityGroups) group.rules = [];
  facts.slices.targetGroupBindings = [binding({})];
  fail(facts.slices.targetHealth);
});

/** Pods that crash: every address is current and every setting as asked. */
export const failing = given(ip, ({ slices }) => fail(slices.targetHealth));

/** The binding of the sample's target group, as the controller writes it. */
export const binding = (change: Partial<TargetGroupBinding['spec']>): TargetGroupBinding => ({
  metadata: { ...metadata('k8s-shop-web-0123456789', 'shop'), labels: { 'service.k8s.aws/stack-name': 'web' } },
  spec: {
    targetGroupARN: targetGroupArn,
    targetType: 'ip',
    serviceRef: { name: 'web', port: 80 },
    networking: {
      ingress: [{ from: [{ groupId: 'sg-0000000000000000b' }], ports: [{ port: 8080, protocol: 'TCP' }] }],
    },
    ...change,
  },
});

/** The same, written by a person: without the controller's label and without `networking`. */
export function handMade(change: Partial<TargetGroupBinding['spec']> = {}): TargetGroupBinding {
  const { networking: _, ...spec } = binding(change).spec;
  return { metadata: metadata('by-hand', 'shop'), spec: { ...spec, ...change } };
}

interface Words {
  reason: string;
  note: string;
  kind?: 'Service' | 'TargetGroupBinding' | 'ReplicaSet' | 'DaemonSet' | 'Gateway';
  name?: string;
  count?: number;
  lastSeen?: string;
}

/** An event of a controller about the Service of the sample, or about another object. */
export function say(facts: Facts, { reason, note, kind = 'Service', name = 'web', count = 5, lastSeen }: Words): void {
  facts.slices.events.push({
    namespace: 'shop',
    regarding: { kind, name, namespace: 'shop' },
    type: reason === 'SuccessfullyReconciled' ? 'Normal' : 'Warning',
    reason,
    note,
    count,
    firstSeen: '2026-11-20T11:30:00Z',
    lastSeen: lastSeen ?? '2026-11-20T11:59:00Z',
  });
}

/** The case with such an event. */
export const saying = (make: () => Facts, words: Words) => given(make, (facts) => say(facts, words));

/** The Deployment of the AWS Load Balancer Controller. */
export function controller(availableReplicas: number): Workload {
  const plain = deployment(2, { 'app.kubernetes.io/name': 'aws-load-balancer-controller' });
  return {
    ...plain,
    metadata: metadata('aws-load-balancer-controller', 'kube-system'),
    status: { ...plain.status, availableReplicas },
  };
}

/** The same at work, with these arguments. */
export function controllerWith(...args: string[]): Workload {
  const plain = controller(2);
  const container = {
    name: 'controller',
    image: 'aws-load-balancer-controller:v2.13.4',
    command: [],
    args,
    env: [],
    ports: [],
  };
  plain.spec = { ...plain.spec, template: { ...plain.spec.template, containers: [container] } };
  return plain;
}

/** The Lease of its leader, renewed so many seconds ago. */
export const lease = (secondsAgo: number): Lease => ({
  metadata: metadata('aws-load-balancer-controller-leader', 'kube-system'),
  spec: {
    leaseDurationSeconds: 15,
    renewTime: new Date(Date.parse(takenAt) - secondsAgo * 1000).toISOString(),
  },
});

/** A cluster with EKS Auto Mode's load balancing on or off. */
export const cluster = (autoModeLoadBalancing: boolean): Cluster => ({
  arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
  name: 'shop',
  version: '1.33',
  status: 'ACTIVE',
  endpoint: 'https://shop.example',
  certificateAuthority: '',
  vpcId: 'vpc-0aaaaaaaaaaaaaa01',
  subnetIds: [],
  securityGroupIds: [],
  endpointPublicAccess: false,
  endpointPrivateAccess: true,
  authenticationMode: 'API',
  ipFamily: 'ipv4',
  autoModeLoadBalancing,
  tags: {},
});

/** The case with the group in the hands of this controller. */
export const ownedBy = (make: () => Facts, owner: Facts['owners'][number]['controller']) =>
  given(make, (facts) => {
    for (const each of facts.owners) each.controller = owner;
  });
