import type { Pod } from '../../../core/model/kubernetes.ts';
import type { ProbeOutcome, ProbePurpose } from '../../../core/model/probe-result.ts';
import { at, awsId } from './identifiers.ts';
import type { StandInService } from './service.ts';
import { appPort } from './service-pods.ts';

/** Breaks a healthy Service, and adds what probes of its targets then meet. */
type Fault = (broken: StandInService, addressOf: (targetId: string) => string) => void;

/** The faults in turn, each to be seen from another link of the chain. */
export const faults: Fault[] = [
  function crashLoop(broken, addressOf) {
    for (const pod of broken.pods) {
      unready(pod, broken);
      const [app] = pod.status.containerStatuses;
      const end = { exitCode: 1, reason: 'Error', finishedAt: at(broken.place.takenAt, 2) };
      if (app)
        Object.assign(app, {
          restartCount: 41,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: end },
        });
    }
    failing(broken, addressOf, { kind: 'refused' });
  },
  function wrongPath(broken, addressOf) {
    Object.assign(broken.targetGroup.healthCheck, { protocol: 'HTTP', path: '/healthy', successCodes: '200-399' });
    failing(broken, addressOf, { kind: 'http', status: 404, body: 'not found' });
  },
  function strangeSecurityGroup(broken, addressOf) {
    broken.loadBalancer.securityGroups = [awsId('sg', broken.place.cluster, 2, broken.place.index)];
    failing(broken, addressOf, { kind: 'open' });
  },
  function selectorOfAnotherApp(broken, addressOf) {
    broken.service.spec.selector = { app: `${broken.place.name}-v2` };
    broken.endpointSlice.endpoints = [];
    failing(broken, addressOf, { kind: 'refused' });
  },
  function silentApp(broken, addressOf) {
    failing(broken, addressOf, { kind: 'timeout', phase: 'connect' });
  },
  function readinessFails(broken, addressOf) {
    for (const pod of broken.pods) unready(pod, broken);
    failing(broken, addressOf, { kind: 'refused' });
  },
];

function unready(pod: Pod, { endpointSlice, place }: StandInService): void {
  for (const condition of pod.status.conditions) {
    if (condition.type !== 'Ready' && condition.type !== 'ContainersReady') continue;
    Object.assign(condition, {
      status: 'False',
      reason: 'ContainersNotReady',
      lastTransitionTime: at(place.takenAt, 50),
    });
  }
  const [app] = pod.status.containerStatuses;
  if (app) app.ready = false;
  for (const endpoint of endpointSlice.endpoints) {
    if (endpoint.targetRef?.name === pod.metadata.name)
      Object.assign(endpoint.conditions, { ready: false, serving: false });
  }
}

/** Every target fails; the health check met `outcome`, and connections to its pods open unless their processes are down. */
function failing(broken: StandInService, addressOf: (targetId: string) => string, outcome: ProbeOutcome): void {
  const { healthCheck } = broken.targetGroup;
  for (const target of broken.targets) {
    target.state = 'unhealthy';
    target.reason = 'Target.FailedHealthChecks';
    target.description = 'Health checks failed';
    const address = addressOf(target.id);
    const request = {
      address,
      port: target.healthCheckPort,
      protocol: healthCheck.protocol,
      ...(healthCheck.path !== undefined && { path: healthCheck.path }),
      timeoutMs: healthCheck.timeoutSeconds * 1000,
    };
    send(broken, { purpose: 'health-check', id: target.id, port: target.port, request, outcome });
    if (broken.targetGroup.targetType === 'instance') {
      const healthz = { address, port: 10_256, protocol: 'HTTP' as const, path: '/healthz', timeoutMs: 3000 };
      send(broken, {
        purpose: 'kube-proxy-healthz',
        id: target.id,
        port: target.port,
        request: healthz,
        outcome: { kind: 'http', status: 200 },
      });
    }
  }
  for (const pod of broken.pods.slice(0, 10)) {
    const address = pod.status.podIPs[0] ?? '';
    const request = { address, port: appPort, protocol: 'TCP' as const, timeoutMs: 3000 };
    const met: ProbeOutcome = outcome.kind === 'http' ? { kind: 'open' } : outcome;
    send(broken, { purpose: 'pod', id: address, port: appPort, request, outcome: met });
  }
}

interface Sent {
  purpose: ProbePurpose;
  id: string;
  port: number;
  request: StandInService['probes'][number]['request'];
  outcome: ProbeOutcome;
}

function send({ probes, targetGroup, place }: StandInService, { purpose, id, port, request, outcome }: Sent): void {
  probes.push({
    purpose,
    targetGroupArn: targetGroup.arn,
    targetId: id,
    targetPort: port,
    request,
    outcome,
    timings: { totalMs: outcome.kind === 'timeout' ? request.timeoutMs : 3 },
    attempt: 1,
    sentAt: place.takenAt,
  });
}
