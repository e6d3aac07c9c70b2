import net from 'node:net';
import type { ProbeRequest } from '../../core/model/probe-result.ts';

/** Opens a socket: the SYN leaves at once, from a port of its own. `connect` ends the handshake. */
export const openSocket = ({ address, port, protocol }: ProbeRequest): net.Socket =>
  net.connect({ host: address, port, noDelay: protocol !== 'TCP', autoSelectFamily: false });
