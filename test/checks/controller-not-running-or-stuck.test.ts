import { controllerNotRunningOrStuck } from '../../core/checks/owner/controller-not-running-or-stuck.ts';
import type { Facts } from '../../core/model/facts.ts';
import { endedJob, fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { controller, empty, failing, ip, lease, ownedBy, stale } from './controller-case.ts';
import { endingWith, logLine } from './controller-pods.ts';

const having = (make: () => Facts, available: number, renewedSecondsAgo?: number) =>
  given(make, ({ slices }) => {
    slices.workloads.push(controller(available));
    if (renewedSecondsAgo !== undefined) slices.leases.push(lease(renewedSecondsAgo));
  });

testCheck(controllerNotRunningOrStuck, {
  found: [
    {
      name: 'no replica is available, and a dead address is still registered',
      facts: having(stale, 0, 900),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: /0 of 2 replicas available; its leader renewed the Lease 900 s ago; 10.0.2.77 is the address of no pod/,
    },
    {
      name: 'pods run and none leads',
      facts: having(stale, 2, 900),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: '2 of 2 replicas available; its leader renewed the Lease 900 s ago',
    },
    {
      name: 'pods are ready at addresses that jobs had before',
      facts: given(having(empty, 0), (facts) => {
        for (const address of ['10.0.0.100', '10.0.1.100']) endedJob(facts, address);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'no target is registered, while 10.0.0.100, 10.0.1.100 are ready',
    },
    {
      name: 'pods wait for a readiness gate that nobody opens',
      facts: given(having(empty, 0), ({ slices }) => {
        for (const { spec, status } of slices.pods) {
          spec.readinessGates = ['target-health.elbv2.k8s.aws/k8s-shop-web-0123456789'];
          status.conditions = [
            { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' },
            { type: 'ContainersReady', status: 'True', lastTransitionTime: '2026-11-20T11:00:00Z' },
          ];
        }
        for (const { endpoints } of slices.endpointSlices) {
          for (const { conditions } of endpoints) conditions.ready = false;
        }
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'no target is registered, while 10.0.0.100, 10.0.1.100 are ready',
    },
    {
      name: 'the Service has another NodePort by now',
      facts: given(having(sampleFacts, 0), ({ slices }) => {
        for (const { spec } of slices.services) for (const port of spec.ports) port.nodePort = 31999;
        fail(slices.targetHealth);
      }),
      targets: [0, 1, 2].map(instanceId),
      confidence: 'confirmed',
      saw: 'port 31080 is no NodePort of the Service any more',
    },
    {
      name: 'healthy targets without a controller, as a risk',
      facts: having(ip, 0),
      targets: [],
      confidence: 'confirmed',
      saw: '0 of 2 replicas available',
    },
    {
      name: 'its pods crash, with last words that no other check knows',
      facts: endingWith(stale, [
        logLine('info', 'version'),
        logLine('error', 'problem running manager', 'out of ideas'),
      ]),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: 'aws-load-balancer-controller-1 ended with: problem running manager: out of ideas; 10.0.2.77 is the address of no pod',
      values: { crashing: 'aws-load-balancer-controller-1' },
    },
  ],
  ruledOut: [
    { name: 'a controller at work', facts: having(stale, 2, 3) },
    { name: 'a controller at work whose Lease could not be found', facts: having(stale, 2) },
    {
      name: 'an earlier release that was scaled down beside the one that runs',
      facts: given(having(stale, 0), ({ slices }) => slices.workloads.push(controller(2))),
    },
    { name: 'another instance that renews the Lease', facts: having(stale, 0, 3) },
    { name: 'failing pods behind a target group that is as asked', facts: having(failing, 0) },
    { name: 'healthy targets and an old Lease alone', facts: having(ip, 2, 900) },
    {
      name: 'pods that became ready a minute ago',
      facts: given(having(empty, 0), ({ slices }) => {
        for (const { status } of slices.pods) {
          status.conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-20T11:59:00Z' }];
        }
      }),
    },
    { name: 'EKS Auto Mode, which runs no Deployment', facts: ownedBy(having(stale, 0), 'eks-auto-mode') },
    { name: 'a cluster without any Deployment of the controller', facts: stale },
  ],
});
