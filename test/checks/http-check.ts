import type { HealthCheck } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, type SampleOptions, sampleFacts } from '../core/sample-facts.ts';

export const healthCheckPrefix = 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-';

/** Gives the Service these annotations on health checks, by their endings, as well as the target group that they ask for. */
export function annotateHealthCheck(facts: Facts, annotations: Record<string, string>): void {
  for (const { metadata } of facts.slices.services) {
    for (const [ending, value] of Object.entries(annotations)) metadata.annotations[healthCheckPrefix + ending] = value;
  }
}

export function changeHealthCheck(facts: Facts, change: Partial<HealthCheck>): void {
  for (const targetGroup of facts.slices.targetGroups)
    targetGroup.healthCheck = { ...targetGroup.healthCheck, ...change };
}

/** The sample with an HTTP (or HTTPS) check of `/` that the Service asks for, on targets that all fail; ip targets by default. */
export const failingHttp =
  (
    change: (facts: Facts) => void,
    { protocol = 'HTTP', ...options }: SampleOptions & { protocol?: 'HTTP' | 'HTTPS' } = {},
  ) =>
  (): Facts => {
    const facts = sampleFacts({ targetType: 'ip', ...options });
    changeHealthCheck(facts, { protocol, path: '/', successCodes: '200-399', timeoutSeconds: 6 });
    annotateHealthCheck(facts, { protocol: protocol.toLowerCase(), path: '/', timeout: '6' });
    fail(facts.slices.targetHealth);
    change(facts);
    return facts;
  };

/** The addresses of the sample's pods, which are its ip targets. */
export const bothPods = ['10.0.0.100', '10.0.1.100'];

/** Ended a minute ago with an error, and runs again. */
export const crashed = {
  restartCount: 4,
  lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-11-20T11:59:00Z' } },
};
