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
  /** Bytes of UTF-8 that the JSON may take. */
  mostBytes: number;
}

/** Characters of JSON that the diagnoses may take; the first that fits wins. */
const sizes = [60_000, 30_000, 15_000, 5_000, 1_000];

/** The message as JSON, with its lists cut and in the end without them until it fits; `omitted` counts what was cut. */
export function machineMessage(message: Message, { vpcId, reportUrl, mostBytes }: MachineOptions): string {
  const { firstEvidence: _evidence, muted: _muted, recovered: _recovered, past: _past, ...core } = message;
  const write = (body: Message): string =>
    jsonText({ schemaVersion: 1, vpcId, ...(reportUrl !== undefined && { reportUrl }), ...body });
  const candidates = function* (): Generator<string> {
    for (const size of sizes) yield write({ ...message, ...truncate(message, size) });
    yield write({ ...core, ...truncate(core, 1_000) });
  };
  for (const text of candidates()) if (byteLength(text) <= mostBytes) return text;
  const omitted = { ...message.omitted, diagnoses: message.omitted.diagnoses + message.diagnoses.length };
  const { key, fingerprint, transition, at, openedAt } = message;
  return write({ key, fingerprint, transition, at, openedAt, diagnoses: [], omitted });
}
