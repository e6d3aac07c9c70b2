import { hash, uid } from '../world/identifier.ts';
import type { PastCall, PastCaller } from '../world/past/past-call.ts';
import type { World } from '../world/world.ts';
import { jsonProtocol } from './aws/json-protocol.ts';
import { page } from './aws/page.ts';
import { answerBy, type Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

interface Request {
  LookupAttributes?: { AttributeKey: string; AttributeValue: string }[];
  StartTime?: number;
  EndTime?: number;
  MaxResults?: number;
  NextToken?: string;
}

const protocol = jsonProtocol('1.1');

/** Seconds until the event history has a call; it may take up to 15 minutes. */
const delaySeconds = 300;

/** Where CloudTrail has what is done in IAM. */
export const globalRegion = 'us-east-1';

/** CloudTrail, as far as LookupEvents of the event history, which holds what the past of the world does. */
export const cloudTrail: Service = {
  protocol,
  denied: (sentence) => new ServiceError('AccessDeniedException', sentence, 400),
  throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
  answer: answerBy(protocol, { LookupEvents: (parameters, world) => lookupEvents(parameters as Request, world) }),
};

function lookupEvents({ LookupAttributes = [], StartTime, EndTime, MaxResults, NextToken }: Request, world: World) {
  if (LookupAttributes.length > 1) {
    throw new ServiceError('InvalidLookupAttributesException', 'You can only use one lookup attribute.');
  }
  const from = (StartTime ?? 0) * 1000;
  const to = (EndTime ?? Number.POSITIVE_INFINITY) * 1000;
  if (from > to) throw new ServiceError('InvalidTimeRangeException', 'StartTime must be before EndTime.');
  const latest = Date.parse(world.now) - delaySeconds * 1000;
  const found = (world.past?.calls ?? [])
    .filter(({ service }) => service !== 'iam' || world.region === globalRegion)
    .filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= Math.min(to, latest))
    .filter((call) => LookupAttributes.every((attribute) => hasAttribute(call, attribute)))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const { items, next } = page(found, {
    size: MaxResults === undefined ? undefined : String(MaxResults),
    token: NextToken,
    limits: { min: 1, max: 50, standard: 50 },
    code: NextToken === undefined ? 'InvalidMaxResultsException' : 'InvalidNextTokenException',
  });
  return { Events: items.map((call) => eventOf(call, world)), ...(next !== undefined && { NextToken: next }) };
}

function hasAttribute(
  call: PastCall,
  { AttributeKey, AttributeValue }: { AttributeKey: string; AttributeValue: string },
): boolean {
  switch (AttributeKey) {
    case 'ResourceName':
      return call.resources.some(({ name }) => name === AttributeValue);
    case 'EventName':
      return call.action === AttributeValue;
    case 'ReadOnly':
      return String(call.readOnly ?? false) === AttributeValue;
    default:
      throw new ServiceError('InvalidLookupAttributesException', `The lab looks up no ${AttributeKey}.`);
  }
}

function eventOf(call: PastCall, world: World) {
  const { at, action, service, by, readOnly = false, request, resources } = call;
  const id = uid(`event ${at} ${action} ${JSON.stringify(request)}`);
  return {
    EventId: id,
    EventName: action,
    ReadOnly: String(readOnly),
    EventTime: Math.floor(Date.parse(at) / 1000),
    EventSource: `${service}.amazonaws.com`,
    Username: by.kind === 'role' ? by.session : by.name,
    Resources: resources.map(({ type, name }) => ({ ResourceType: type, ResourceName: name })),
    CloudTrailEvent: JSON.stringify(recordOf(call, { id, world })),
  };
}

/** The record of an event (CloudTrail user guide, "CloudTrail record contents for management events"). */
function recordOf(call: PastCall, { id, world: { account, region } }: { id: string; world: World }) {
  const { at, service, action, by, userAgent, isFromConsole, readOnly = false, error, request, response } = call;
  return {
    eventVersion: '1.11',
    userIdentity: identityOf(by, account),
    eventTime: `${at.slice(0, 19)}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName: action,
    awsRegion: region,
    sourceIPAddress: by.kind === 'service' ? by.name : '203.0.113.24',
    userAgent,
    ...(error !== undefined && { errorCode: error, errorMessage: 'You are not authorized to perform this operation.' }),
    requestParameters: request,
    responseElements: error === undefined ? (response ?? null) : null,
    requestID: uid(`request ${id}`),
    eventID: id,
    readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...(isFromConsole === true && { sessionCredentialFromConsole: 'true' }),
  };
}

function identityOf(by: PastCaller, account: string) {
  switch (by.kind) {
    case 'user':
      return {
        type: 'IAMUser',
        principalId: `AIDA${hash(by.name, 16).toUpperCase()}`,
        arn: `arn:aws:iam::${account}:user/${by.name}`,
        accountId: account,
        userName: by.name,
      };
    case 'role': {
      const principalId = `AROA${hash(by.role, 16).toUpperCase()}`;
      return {
        type: 'AssumedRole',
        principalId: `${principalId}:${by.session}`,
        arn: `arn:aws:sts::${account}:assumed-role/${by.role}/${by.session}`,
        accountId: account,
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            principalId,
            arn: `arn:aws:iam::${account}:role/${by.role}`,
            accountId: account,
            userName: by.role,
          },
          attributes: { mfaAuthenticated: 'false' },
          ...(by.sourceIdentity !== undefined && { sourceIdentity: by.sourceIdentity }),
        },
      };
    }
    case 'service':
      return { type: 'AWSService', invokedBy: by.name };
  }
}
