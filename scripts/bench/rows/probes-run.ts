/** One wave of probes to as many addresses of one port, in a process of its own; prints what it took as JSON. */
import type { ProbeRequest } from '../../../core/model/probe-result.ts';
import { probe } from '../../../io/probe/probe.ts';
import { addressOf } from './probes-address.ts';

const [protocol, ...numbers] = process.argv.slice(2) as [ProbeRequest['protocol'], ...string[]];
const [port, count, timeoutMs] = numbers.map(Number) as [number, number, number];
const planned = Array.from({ length: count }, (_, index) => {
  const address = addressOf(index);
  return {
    purpose: 'health-check' as const,
    targetGroupArn: 'bench',
    targetId: address,
    targetPort: port,
    request: { address, port, protocol, timeoutMs },
    attempts: 1,
  };
});

const [cpu, began] = [process.cpuUsage(), performance.now()];
const { probes, unsent } = await probe(planned, { signal: AbortSignal.timeout(120_000) });
const wallMs = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
const own = probes.map(({ timings }) => timings.totalMs).toSorted((a, b) => a - b);
console.log(
  JSON.stringify({
    wallMs,
    cpuMs: (user + system) / 1000,
    outcomes: Object.fromEntries(
      [...Map.groupBy(probes, ({ outcome }) => outcome.kind)].map(([kind, { length }]) => [kind, length]),
    ),
    unsent: unsent.length,
    p99Ms: own[Math.floor(own.length * 0.99)] ?? 0,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit(0);
