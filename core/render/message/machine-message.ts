import { truncate } from '../../lifecycle/truncate.ts';
import type { Message } from '../../notification/message.ts';
import { jsonText } from '../machine/json-text.ts';
import { byteLength } from './byte-length.ts';

/** A message for machines; described by `docs/event.schema.json`. */
export interface MachineMessage extends Message {
  schemaVersion: 1;
  /** The VPC of the auditor that found it, or `all`. */
  vpcId: string;
  /** Leads to the whole report for some days. */
  reportUrl?: string;
}

export interface MachineOptions {
  vpcId: string;
  reportUrl?: string | undefined;
}

/** Characters of JSON that the diagnoses may take; the first that fits wins. */
const sizes = [60_000, 30_000, 15_000, 5_000, 1_000];

/**
 * The message as JSON, for a number of bytes of UTF-8 that it may take: with its lists cut and in the end without them until it fits; `omitted`
 * counts what was cut. What is asked for again in another size is not written again.
 */
export function machineMessage(message: Message, { vpcId, reportUrl }: MachineOptions): (mostBytes: number) => string {
  const { firstEvidence: _evidence, muted: _muted, recovered: _recovered, past: _past, ...core } = message;
  const written = (body: () => Message) => {
    let text: string | undefined;
    return () =>
      (text ??= jsonText({ schemaVersion: 1, vpcId, ...(reportUrl !== undefined && { reportUrl }), ...body() }));
  };
  const candidates = [
    ...sizes.map((size) => written(() => ({ ...message, ...truncate(message, size) }))),
    written(() => ({ ...core, ...truncate(core, 1_000) })),
  ];
  const bare = written(() => {
    const omitted = { ...message.omitted, diagnoses: message.omitted.diagnoses + message.diagnoses.length };
    const { key, fingerprint, transition, at, openedAt } = message;
    return { key, fingerprint, transition, at, openedAt, diagnoses: [], omitted };
  });
  return (mostBytes) => (candidates.find((text) => byteLength(text()) <= mostBytes) ?? bare)();
}
