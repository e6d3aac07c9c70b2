import { startLab } from '../../../lab/start.ts';
import { smallWorld, socket } from './small-world.ts';

/** Program for a test: starts a lab with a silent target, says so, and waits to be killed. */
const [address = '', port = ''] = process.argv.slice(2);
await startLab(smallWorld({ sockets: [socket(address, Number(port), { kind: 'silent' })] }));
process.stdout.write('silent\n');
