import { expectedHealthCheck, unresolvablePort, withSettings } from '../controllers/expected-health-check.ts';
import { podsAt } from '../kubernetes/pod.ts';
import { isLocal, podsOf, serviceOf, targetPortIn } from '../kubernetes/service.ts';
import { hostsVariable } from '../kubernetes/telling-variables.ts';
import type { Target } from '../model/aws.ts';
import type { Facts } from '../model/facts.ts';
import type { Service } from '../model/kubernetes.ts';
import type { PlannedProbe, ProbePurpose, ProbeRequest, ProbeResult } from '../model/probe-result.ts';
import { groupsOf, type TargetGroupContext } from '../model/target-group-context.ts';
import { asksTheSame, isSuccess } from './health-check-match.ts';
import { answersWell, probesOf } from './results.ts';

/**
 * The probes worth sending once it is known how the targets answer their health check: the same question put otherwise,
 * only where that kind of answer leaves more than one cause, and only to targets that gave it.
 */
export function planContrasts(facts: Facts): PlannedProbe[] {
  return groupsOf(facts).flatMap((group) => {
    const service = serviceOf(group, facts.slices.services);
    return group.targets.flatMap((target) => {
      const results = probesOf(facts.slices.probes, target, 'health-check');
      const [first] = results;
      if (first === undefined) return [];
      const place = { group, service, facts, target };
      const questions = [...otherRequests(results, first, place), ...expectedCheck(results, first, place)];
      const { targetGroupArn, targetId, targetPort } = first;
      return questions.map(([purpose, request]) => ({
        purpose,
        targetGroupArn,
        targetId,
        targetPort,
        request,
        attempts: 1,
      }));
    });
  });
}

interface Place {
  group: TargetGroupContext;
  service: Service | undefined;
  facts: Facts;
  target: Target;
}

type Question = [ProbePurpose, ProbeRequest];

function otherRequests(
  results: ProbeResult[],
  { request, outcome }: ProbeResult,
  { group, service, facts, target }: Place,
): Question[] {
  if (request.protocol === 'TCP') return [];
  const isHttps = request.protocol === 'HTTPS';
  const otherScheme: Question = ['other-scheme', { ...request, protocol: isHttps ? 'HTTP' : 'HTTPS' }];
  // kube-proxy answers every path and Host alike, but in plain text only.
  if (isKubeProxy(target, group, service)) return isHttps && outcome.kind === 'tls-failed' ? [otherScheme] : [];
  const oldTls: Question = ['tls-1.2', { ...request, maxTlsVersion: 'TLSv1.2' }];
  const good = results.filter((probe) => answersWell(probe, group.targetGroup)).length;
  if (good > 0) return isHttps && good === results.length ? [oldTls] : [];

  const { proxyProtocol, ...bare } = request;
  const otherFront: Question = proxyProtocol
    ? ['without-proxy-header', bare]
    : ['with-proxy-header', { ...request, proxyProtocol: true }];
  switch (outcome.kind) {
    case 'http': {
      const otherHost: Question = ['other-host', withHost(request, service && knownHost(service, facts))];
      if (outcome.status !== 400) return [otherHost];
      return [otherHost, ...(isHttps ? [] : [otherScheme]), otherFront];
    }
    case 'not-http':
      return [otherScheme, otherFront];
    case 'reset':
    case 'tls-failed':
      if (outcome.kind === 'reset' && outcome.phase === 'connect') return [];
      return [otherScheme, otherFront, ...(isHttps ? [oldTls] : [])];
    case 'timeout':
      return outcome.phase === 'tls' ? [otherScheme] : [];
    default:
      return [];
  }
}

/** The check as its Service asks for it, where that is another question than the live one. */
function expectedCheck(
  results: ProbeResult[],
  { request }: ProbeResult,
  { group, service, facts, target }: Place,
): Question[] {
  const live = group.targetGroup.healthCheck;
  if (service === undefined || results.some((probe) => isSuccess(probe, live))) return [];
  const expected = withSettings(group, expectedHealthCheck(group, service, facts.slices));
  const named = unresolvablePort(group, service);
  const [pod] = podsAt(target.id, podsOf(service, facts.slices.pods));
  const inPod = named && pod && targetPortIn(pod, named);
  if (inPod === undefined && asksTheSame(live, expected)) return [];

  const { protocol, path = '/', timeoutSeconds } = expected;
  const port = inPod ?? (expected.port === 'traffic-port' ? target.port : Number(expected.port));
  const { address, host, proxyProtocol } = request;
  const common = { address, port, protocol, timeoutMs: timeoutSeconds * 1000, ...(proxyProtocol && { proxyProtocol }) };
  return [['expected-check', protocol === 'TCP' ? common : { ...common, path, ...(host !== undefined && { host }) }]];
}

/** kube-proxy's server asks for no name, no TLS and no login; why it refuses is asked elsewhere. */
const isKubeProxy = (target: Target, group: TargetGroupContext, service: Service | undefined): boolean =>
  service !== undefined && isLocal(group, service) && target.healthCheckPort === service.spec.healthCheckNodePort;

function withHost({ host: _, ...request }: ProbeRequest, host: string | undefined): ProbeRequest {
  return host === undefined ? request : { ...request, host };
}

/**
 * A name under which the application is known to answer: the Host header of its readiness probe, its own list of allowed
 * hosts, or the name that external-dns publishes. Without one the target's address is asked, as curl would.
 */
function knownHost(service: Service, facts: Facts): string | undefined {
  const containers = podsOf(service, facts.slices.pods).flatMap(({ spec }) => spec.containers);
  const probed = containers.flatMap(({ readinessProbe }) => readinessProbe?.httpGet?.host ?? []);
  const published = (service.metadata.annotations['external-dns.alpha.kubernetes.io/hostname'] ?? '').split(',');
  const allowed = containers
    .flatMap(({ env }) => env)
    .filter(({ name }) => hostsVariable.test(name))
    .flatMap(({ value }) => (value ?? '').split(/[\s,;]+/));
  return [...probed, ...allowed, ...published].find((name) => /^[a-z0-9][a-z0-9.-]*$/i.test(name));
}
