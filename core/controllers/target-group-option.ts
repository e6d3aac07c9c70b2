import type { HealthCheck } from '../model/aws.ts';

const options: Record<keyof HealthCheck, string> = {
  protocol: '--health-check-protocol',
  port: '--health-check-port',
  path: '--health-check-path',
  intervalSeconds: '--health-check-interval-seconds',
  timeoutSeconds: '--health-check-timeout-seconds',
  healthyThreshold: '--healthy-threshold-count',
  unhealthyThreshold: '--unhealthy-threshold-count',
  successCodes: '--matcher',
};

/** The options above, and the one for attributes. */
export const targetGroupOptions: ReadonlySet<string> = new Set([...Object.values(options), '--attributes']);

/**
 * The words of `aws elbv2 modify-target-group` that set this one setting. Success codes are quoted for the command line's
 * own syntax, which takes a bare comma for a list (aws/aws-cli awscli/shorthand.py).
 */
export const targetGroupOption = (
  name: keyof HealthCheck,
  value: string | number,
): { option: string; value: string } => ({
  option: options[name],
  value: name === 'successCodes' ? `HttpCode="${value}"` : String(value),
});
