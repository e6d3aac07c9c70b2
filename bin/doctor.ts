import { groupsOf } from '../core/group.ts';
import { collect } from '../io/collect/collect.ts';
import { survey } from '../io/survey/survey.ts';
import { exit } from './exit.ts';
import { open, type SessionOptions } from './session.ts';

/** Makes every read of an audit and prints what was refused, each with the remedy. */
export async function doctor(options: SessionOptions): Promise<void> {
  await using session = open(options);
  session.progress('trying every read of an audit');
  const inventory = await survey(session.clients, {});
  const allFacts = await collect(inventory, session.clients, {});
  const gaps = new Map(
    [...inventory.gaps, ...allFacts.flatMap((facts) => facts.gaps)].map((gap) => [`${gap.action} ${gap.message}`, gap]),
  );

  console.log(
    `account ${inventory.account}, Region ${inventory.region}, ${inventory.clusters.length} clusters, ${inventory.targetGroups.length} target groups`,
  );
  for (const { cluster, vpcId, vantage, ...facts } of allFacts) {
    const place =
      vantage.kind === 'vpc' ? `probes start in ${vantage.subnetIds.join(', ')}` : `no probes: ${vantage.note}`;
    console.log(
      `${cluster?.name ?? 'no cluster'} in ${vpcId}: ${groupsOf({ cluster, vpcId, vantage, ...facts }).length} target groups; ${place}`,
    );
  }
  for (const { action, reason, message, remedy } of gaps.values())
    console.log(`✗ ${action}: ${reason}: ${message}\n  ${remedy}`);
  if (gaps.size === 0) console.log('✓ everything that an audit reads can be read');
  process.exitCode = gaps.size === 0 ? exit.nothingWrong : exit.incomplete;
}
