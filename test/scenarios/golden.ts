import { fileURLToPath } from 'node:url';
import type { Report } from '../../core/model/report.ts';
import { nameOfScenario, type Scenario } from '../../lab/scenario.ts';
import { withoutChance } from './without-chance.ts';

/** Where the golden diagnoses of a scenario are kept. */
export const goldenPath = (scenario: Pick<Scenario, 'id' | 'variant'>): string =>
  fileURLToPath(new URL(`../golden/${nameOfScenario(scenario)}.json`, import.meta.url));

/**
 * The diagnoses as they are kept: without what was ruled out, of which `accountedFor` speaks; and with the lab's
 * network by its usual name.
 */
export const goldenOf = ({ diagnoses }: Report, network = '127.20'): string =>
  `${withoutChance(
    JSON.stringify(
      diagnoses.map(({ ruledOut, ...kept }) => kept),
      null,
      2,
    ),
  )
    .replaceAll(`${network}.`, '127.20.')
    .replaceAll(`ip-${network.replace('.', '-')}-`, 'ip-127-20-')
    .replaceAll(`::ffff:${hexadecimal(network)}:`, `::ffff:${hexadecimal('127.20')}:`)}\n`;

/** The two octets as they stand in an IPv4-mapped IPv6 address. */
const hexadecimal = (network: string): string =>
  network
    .split('.')
    .map((octet) => Number(octet).toString(16).padStart(2, '0'))
    .join('');
