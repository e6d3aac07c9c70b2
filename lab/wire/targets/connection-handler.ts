import type { Socket } from 'node:net';
import type { Behaviour } from '../../world/world.ts';
import type { KeyPair } from '../certificates.ts';
import { httpTarget } from './http-target.ts';

/** A behaviour that a process shows to those who reach it. */
export type AudibleBehaviour = Exclude<Behaviour, { kind: 'silent' }>;

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
