/**
 * Runs the AWS Load Balancer Controller that AWS_LOAD_BALANCER_CONTROLLER names on the Services of `services.ts`, and writes what it
 * made of them into `test/records/data/`, one file for each release. Words narrow it to records of which the name begins so; those
 * replace what the file has of that name.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { findEngine } from '../../../engines/load-balancer-controller.ts';
import { startLiveCluster } from '../../live-cluster.ts';
import { deleteLive, giveLive } from '../../live-service.ts';
import { giveShape } from '../../mirror.ts';
import { startController } from '../start-controller.ts';
import { importCertificate } from './import-certificate.ts';
import { readRecord } from './read-record.ts';
import { addIpv6, recordedWorld } from './recorded-world.ts';
import { restartPods } from './restart-pods.ts';
import { certificates, type RecordedService, recordedServices } from './services.ts';

const words = process.argv.slice(2);
const engine = findEngine();
if (!engine.found) throw new Error(`${engine.why}. ${engine.remedy}`);
const [release = ''] = engine.version.split(',');
const [major = 0, minor = 0] = release.split('.').map(Number);
const file = new URL(`../../../../records/data/lbc-${release}-recorded.json`, import.meta.url);
const records: Record<string, object> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};

const base = recordedWorld(new Date().toISOString());
const live = await startLiveCluster({
  programs: engine,
  world: base,
  start: startController(engine.loadBalancerController),
});
try {
  await addIpv6(live, base);
  const known = new Map<string, string>();
  for (const placeholder of certificates)
    known.set(placeholder, await importCertificate(live.env['AWS_ENDPOINT_URL'] ?? '', base.region));
  for (const each of recordedServices.filter(isWanted)) {
    records[each.name] = withPlaceholders(await record(each, known), known);
    console.log(each.name);
  }
} finally {
  await live.close();
}
const lines = recordedServices.flatMap(({ name }) =>
  records[name] === undefined ? [] : [`${JSON.stringify(name)}: ${JSON.stringify(records[name])}`],
);
writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);

function isWanted({ name, since = [0, 0] }: RecordedService): boolean {
  const isKnown = major > since[0] || (major === since[0] && minor >= since[1]);
  return isKnown && (words.length === 0 || words.some((word) => name.startsWith(word)));
}

async function record(each: RecordedService, known: Map<string, string>): Promise<object> {
  const { name, shape, spec, injected, health } = each;
  const { admin } = live.plane;
  const service = giveShape(recordedWorld(base.now), name, shape);
  Object.assign(service.spec, spec);
  service.metadata.annotations = JSON.parse(
    [...known].reduce(
      (text, [ours, theirs]) => text.replaceAll(ours, theirs),
      JSON.stringify(service.metadata.annotations),
    ),
  );
  live.bridge.judge(() => health);
  const restart = (label: string | null) => live.controller.after(name, () => restartPods(admin, injected, label));
  try {
    if (injected === 'server-ids') await restart('enabled');
    await live.controller.after(name, () => giveLive(admin, service));
    if (injected === 'gates') await restart('enabled');
    return await readRecord(live, name);
  } finally {
    live.bridge.judge(() => undefined);
    await live.controller.after(name, () => deleteLive(admin, name));
    if (injected !== undefined) await restart(null);
  }
}

/** The record with the names of the certificates that `services.ts` has for them. */
function withPlaceholders(made: object, known: Map<string, string>): object {
  return JSON.parse([...known].reduce((text, [ours, theirs]) => text.replaceAll(theirs, ours), JSON.stringify(made)));
}
