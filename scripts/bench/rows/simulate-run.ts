/** Replays the runs of a file as the command does; its last line is what that took, as JSON. */
import { printSimulation } from '../../../bin/commands/simulate.ts';

const before = process.resourceUsage().maxRSS;
const cpu = process.cpuUsage();
await printSimulation({ output: 'text', history: [process.argv[2] ?? ''] });
const { user, system } = process.cpuUsage(cpu);
const megabytes = (kilobytes: number): number => Math.round(kilobytes / 1024);
console.log(
  JSON.stringify({
    loadedMb: megabytes(before),
    peakMb: megabytes(process.resourceUsage().maxRSS),
    cpuSeconds: Number(((user + system) / 1e6).toFixed(2)),
  }),
);
