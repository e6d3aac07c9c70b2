import type { TargetGroup } from '../model/aws.ts';

/** True when the status is in `Matcher.HttpCode`, a list of codes and ranges; the API's default is 200-399. */
export function matches(successCodes: string | undefined, status: number): boolean {
  return (successCodes ?? '200-399').split(',').some((part) => {
    const [from, to] = part.trim().split('-').map(Number);
    return from !== undefined && status >= from && status <= (to ?? from);
  });
}

/** The health check in one line: `HTTP /healthz on port 31234, 200-399, within 6 s`. */
export function formatHealthCheck({ healthCheck }: TargetGroup): string {
  const { protocol, port, path, successCodes, timeoutSeconds } = healthCheck;
  const where = port === 'traffic-port' ? 'the traffic port' : `port ${port}`;
  if (protocol === 'TCP') return `TCP connect to ${where} within ${timeoutSeconds} s`;
  return `${protocol} ${path ?? '/'} on ${where} answering ${successCodes ?? '200-399'} within ${timeoutSeconds} s`;
}
