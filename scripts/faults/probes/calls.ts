import type { Call } from '../calls.ts';

/** Faults of what answers below HTTP; everything else is an answer that such a probe does not ask for. */
const belowHttp: Record<string, string[]> = {
  'probe:TCP': ['hang', 'reset'],
  'probe:TLS': ['hang', 'reset', 'truncated', 'giant', 'tls'],
};

/** Every kind of probe, by its protocol. */
export const probeCalls: Call[] = ['TCP', 'TLS', 'HTTP', 'HTTPS'].map((protocol) => ({
  id: `probe:${protocol}`,
  api: 'web',
  by: 'prober',
}));

/** False where the fault cannot happen to such a probe. */
export const isAnswered = (id: string, fault: string): boolean => belowHttp[id]?.includes(fault) ?? true;
