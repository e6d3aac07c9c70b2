/** One wave of TCP probes to many addresses of one port, in a process of its own; prints what it took as JSON. */
import { probe } from '../../../io/probe/probe.ts';

const [port, count, timeoutMs] = process.argv.slice(2).map(Number) as [number, number, number];
const planned = Array.from({ length: count }, (_, index) => {
  const address = `127.91.${index >> 8}.${index & 255 || 1}`;
  return {
    purpose: 'traffic-port' as const,
    targetGroupArn: 'bench',
    targetId: address,
    targetPort: port,
    request: { address, port, protocol: 'TCP' as const, timeoutMs },
    attempts: 1,
  };
});

const began = performance.now();
const { probes, unsent } = await probe(planned, { signal: AbortSignal.timeout(60_000) });
const wallMs = performance.now() - began;
const own = probes.map(({ timings }) => timings.totalMs).toSorted((a, b) => a - b);
const at = (share: number): number => Math.round(own[Math.floor(own.length * share)] ?? 0);
console.log(
  JSON.stringify({
    wallMs: Math.round(wallMs),
    perSecond: Math.round((count / wallMs) * 1000),
    outcomes: Object.fromEntries(
      [...Map.groupBy(probes, ({ outcome }) => outcome.kind)].map(([kind, { length }]) => [kind, length]),
    ),
    unsent: unsent.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    ratioToTimeout: Number((wallMs / timeoutMs).toFixed(2)),
  }),
);
process.exit(0);
