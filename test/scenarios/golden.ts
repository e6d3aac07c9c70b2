import { fileURLToPath } from 'node:url';
import type { Report } from '../../core/model/report.ts';
import { nameOfScenario, type Scenario } from '../../lab/scenario.ts';

/** Where the golden diagnoses of a scenario are kept. */
export const goldenPath = (scenario: Pick<Scenario, 'id' | 'variant'>): string =>
  fileURLToPath(new URL(`../golden/${nameOfScenario(scenario)}.json`, import.meta.url));

/**
 * The diagnoses as they are kept: without what was ruled out, of which `accountedFor` speaks; the lab's network by its usual
 * name, and what differs from run to run left out: tenths of seconds of probes, and how many connections met the loss.
 */
export const goldenOf = ({ diagnoses }: Report, network = '127.20'): string =>
  `${JSON.stringify(
    diagnoses.map(({ ruledOut, ...kept }) => kept),
    null,
    2,
  )
    .replaceAll(`${network}.`, '127.20.')
    .replaceAll(`ip-${network.replace('.', '-')}-`, 'ip-127-20-')
    .replaceAll(`::ffff:${hexadecimal(network)}:`, `::ffff:${hexadecimal('127.20')}:`)
    .replace(/(\d+)\.\d s\b/g, '$1 s')
    .replace(/\d+( of \d+ connections from new source ports got no answer, the others did)/g, 'some$1')
    .replace(/( of the node itself lost )\d+( of \d+)/g, '$1some$2')}\n`;

/** The two octets as they stand in an IPv4-mapped IPv6 address. */
const hexadecimal = (network: string): string =>
  network
    .split('.')
    .map((octet) => Number(octet).toString(16).padStart(2, '0'))
    .join('');
