import type { Report } from '../../core/model/report.ts';
import { renderHtml } from '../../core/render/html/page.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { largeWorld } from '../../lab/world/large.ts';
import { auditWorld, thisSecond } from '../../test/scenarios/audit-world.ts';
import { fleetReport } from '../../test/scenarios/fleet-report.ts';

const network = '127.91';
const repeats = 5;

/** What the HTML report of accounts of three sizes weighs, and the median time that it takes to render. */
export async function pageFigures() {
  const now = thisSecond();
  const { report: one } = await auditWorld(podCrashloop.build({ network, now }));
  const { report: fifty } = await auditWorld(largeWorld({ services: 50, targets: 500, network, now }));
  return [one, fifty, await fleetReport(3000, network)].map(figuresOf);
}

function figuresOf(report: Report) {
  const times = Array.from({ length: repeats }, () => {
    const began = performance.now();
    renderHtml(report);
    return performance.now() - began;
  });
  return {
    targetGroups: report.groups.length,
    causes: report.diagnoses.length,
    renderMs: Number((times.toSorted((a, b) => a - b)[Math.floor(repeats / 2)] ?? 0).toFixed(1)),
    kB: Math.round(Buffer.byteLength(renderHtml(report)) / 1000),
  };
}
