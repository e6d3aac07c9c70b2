import { probe } from '../../../io/probe/probe.ts';
import { plan } from './targets.ts';

const [port, count, timeoutMs] = process.argv.slice(2).map(Number);
if (port === undefined || count === undefined || timeoutMs === undefined) throw new Error('port, count and time-out');

const start = performance.now();
const planned = Array.from({ length: count }, () => plan({ port, protocol: 'TCP', timeoutMs }));
const { probes, unsent } = await probe(planned, { signal: AbortSignal.timeout(60_000) });
const outcomes = Object.groupBy(probes, ({ outcome }) => outcome.kind);
const counts = Object.fromEntries(Object.entries(outcomes).map(([kind, those]) => [kind, those?.length]));
process.stdout.write(JSON.stringify({ counts, unsent: unsent.length, seconds: (performance.now() - start) / 1000 }));
