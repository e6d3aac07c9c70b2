import type { Socket } from 'node:net';
import type { AudibleBehaviour } from '../../world/world.ts';
import type { KeyPair } from '../certificates.ts';
import { httpTarget } from './http-target.ts';

/** What a listener with this behaviour does with each connection. */
export function connectionHandler(behaviour: AudibleBehaviour, certificate: KeyPair): (socket: Socket) => void {
  switch (behaviour.kind) {
    case 'http':
      return httpTarget(behaviour, certificate);
    case 'tcp':
      return (socket) => socket.resume();
    case 'reset':
      return (socket) => socket.once('data', () => socket.resetAndDestroy());
    case 'banner':
      return (socket) => {
        socket.resume();
        socket.write(behaviour.text);
      };
  }
}
