import type { Message } from '../../core/message.ts';

/** What became of a message: `retry` = later it may work; `refused` = it will not, until somebody mends something. */
export type Delivery = { kind: 'sent' } | { kind: 'retry'; afterMs: number } | { kind: 'refused'; reason: string };

/** Somewhere messages go. A message can arrive twice; its key tells. */
export interface Sink {
  name: 'slack' | 'sns';
  /** `vpcId` says which auditor found it. */
  send(message: Message, vpcId: string): Promise<Delivery>;
}
