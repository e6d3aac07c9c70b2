import { spawnSync } from 'node:child_process';

/** Everything in 10.20.0.0/16 and fd00::/96 leads to loopback, as 127.0.0.0/8 does everywhere. */
const setUp =
  'ip link set lo up && ip route add local 10.20.0.0/16 dev lo && ip -6 route add local fd00::/96 dev lo && exec "$@"';

/**
 * The command in a network of its own, from which nothing leaves and in which the lab can have addresses outside
 * 127.0.0.0/8; the command as it is where this machine allows no such network.
 */
export function inPrivateNetwork(command: string[]): string[] {
  const wrapped = (inner: string[]) => [
    'unshare',
    '--user',
    '--map-root-user',
    '--net',
    'sh',
    '-c',
    setUp,
    'sh',
    ...inner,
  ];
  const [program = '', ...args] = wrapped(['true']);
  return spawnSync(program, args).status === 0 ? wrapped(command) : command;
}
