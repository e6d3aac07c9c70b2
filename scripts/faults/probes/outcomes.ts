/** What a probe over HTTP may say that it met, by fault: an answer is known by its head, however its body goes on. */
const afterHttp: Record<string, string[]> = {
  'throttle-once': ['429'],
  throttle: ['429'],
  '500': ['500'],
  hang: ['timeout'],
  reset: ['reset'],
  denied: ['403'],
  expired: ['401'],
  skew: ['401'],
  redirect: ['302'],
};

const belowTls: Record<string, string[]> = {
  hang: ['timeout'],
  reset: ['reset'],
  truncated: ['tls-failed', 'reset'],
  giant: ['tls-failed'],
  tls: ['tls-failed'],
};

/** Outcomes that are right after a fault: `429` for an answer of HTTP, else the kind. */
export function outcomesAfter(call: string, fault: string): string[] {
  if (call === 'probe:TCP') return [fault === 'hang' ? 'timeout' : 'refused'];
  if (call === 'probe:TLS') return belowTls[fault] ?? [];
  if (fault === 'tls') return call === 'probe:HTTPS' ? ['tls-failed', 'reset'] : ['not-http'];
  return afterHttp[fault] ?? ['200'];
}
