import { randomUUID } from 'node:crypto';
import type { Delivery } from '../lab.ts';
import { jsonProtocol } from './aws/json-protocol.ts';
import { answerBy, type Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

interface Entry {
  EventBusName?: string;
  Source?: string;
  DetailType?: string;
  Detail?: string;
  Resources?: string[];
  Time?: number;
}

const protocol = jsonProtocol('1.1');

/** EventBridge, as far as PutEvents to buses of the world; an entry that fails makes no failed call. */
export const eventBridge = (deliver: (delivery: Delivery) => void): Service => ({
  protocol,
  denied: (sentence) => new ServiceError('AccessDeniedException', sentence),
  throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
  answer: answerBy(protocol, {
    PutEvents: (parameters, { buses = [] }) => {
      const entries = (parameters as unknown as { Entries?: Entry[] }).Entries ?? [];
      if (entries.length === 0 || entries.length > 10) throw new ServiceError('ValidationException', '1 to 10 entries');
      const total = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
      if (total > 256 * 1024)
        throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.');
      const results = entries.map((entry) => {
        const fault = faultOf(entry, buses);
        if (fault !== undefined) return fault;
        deliver({ channel: 'eventbridge', body: { ...entry }, at: new Date().toISOString() });
        return { EventId: randomUUID() };
      });
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
  }),
});

/** As the EventBridge user guide counts it ("Calculating PutEvents event entry size"). */
const sizeOf = ({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number =>
  (Time === undefined ? 0 : 14) +
  [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + Buffer.byteLength(text), 0);

function faultOf({ EventBusName = '', Source, DetailType, Detail }: Entry, buses: string[]) {
  const fault = (ErrorMessage: string, ErrorCode = 'InvalidArgument') => ({ ErrorCode, ErrorMessage });
  if (!Source || !DetailType) return fault('Parameter Source or DetailType is not valid.');
  if (!isObject(Detail)) return fault('Detail is malformed.', 'MalformedDetail');
  return buses.includes(EventBusName)
    ? undefined
    : fault(`Event bus ${EventBusName} does not exist.`, 'ResourceNotFoundException');
}

function isObject(text: string | undefined): boolean {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
