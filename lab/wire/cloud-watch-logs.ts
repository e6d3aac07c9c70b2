import { flowRecords } from '../physics/flow-records.ts';
import { hash } from '../world/identifier.ts';
import type { World } from '../world/world.ts';
import { jsonProtocol } from './aws/json-protocol.ts';
import { page } from './aws/page.ts';
import { answerBy, type Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

interface Request {
  logGroupName?: string;
  logStreamNamePrefix?: string;
  startTime?: number;
  endTime?: number;
  filterPattern?: string;
  limit?: number;
  nextToken?: string;
}

const protocol = jsonProtocol('1.1');

/** CloudWatch Logs, as far as FilterLogEvents of log groups that flow logs go to. */
export const cloudWatchLogs: Service = {
  protocol,
  denied: (sentence) => new ServiceError('AccessDeniedException', sentence, 400),
  throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
  answer: answerBy(protocol, {
    FilterLogEvents: (parameters, world) => filterLogEvents(parameters as unknown as Request, world),
  }),
};

function filterLogEvents(request: Request, world: World) {
  const { logGroupName, logStreamNamePrefix = '', startTime = 0, endTime = Number.POSITIVE_INFINITY } = request;
  const flowLogs = (world.flowLogs ?? []).filter(
    ({ destination }) => destination.kind === 'log-group' && destination.name === logGroupName,
  );
  if (flowLogs.length === 0) {
    throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  const fits = patternOf(request.filterPattern ?? '');
  const records = flowLogs.flatMap((flowLog) =>
    (flowRecords(world).get(flowLog) ?? [])
      .map(({ interfaceId, at, line }) => ({
        log: flowLog.id,
        stream: `${interfaceId}-${flowLog.traffic.toLowerCase()}`,
        at,
        line,
      }))
      .filter(({ stream, at, line }) => {
        const isIn = at >= startTime && at <= endTime;
        return isIn && stream.startsWith(logStreamNamePrefix) && fits(line);
      }),
  );
  const { items, next } = page(records, {
    size: request.limit === undefined ? undefined : String(request.limit),
    token: request.nextToken,
    limits: { min: 1, max: 10_000, standard: 10_000 },
    code: 'InvalidParameterException',
  });
  const events = items.map(({ log, stream, at, line }) => ({
    logStreamName: stream,
    timestamp: at,
    message: line,
    ingestionTime: at + 120_000,
    eventId: hash(`${log} ${at} ${line}`, 32),
  }));
  return { events, searchedLogStreams: [], ...(next !== undefined && { nextToken: next }) };
}

/** Terms of which one has to occur, `?"a" ?"b"` (CloudWatch Logs user guide, "Filter pattern syntax"). */
function patternOf(pattern: string): (message: string) => boolean {
  const terms = [...pattern.matchAll(/\?"([^"]*)"/g)].flatMap(([, term = '']) => term);
  if (terms.length === 0 && pattern !== '') {
    throw new ServiceError('InvalidParameterException', `The lab does not know the filter pattern ${pattern}`);
  }
  return (message) => terms.length === 0 || terms.some((term) => message.split(' ').includes(term));
}
