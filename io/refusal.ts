import type { GapReason } from '../core/gap.ts';
import { redact } from './collect/redact.ts';

/** How the world said no. */
export interface Refusal {
  reason: GapReason;
  /** One line without secrets. */
  message: string;
}

/**
 * Reads an error of the AWS SDK or of the Kubernetes client as a refusal; `undefined` means that it is none but a bug
 * or a matter of configuration (no credentials, no Region), which the caller must not swallow.
 */
export function refusalOf(error: unknown, signal: AbortSignal): Refusal | undefined {
  const { names, status, message } = describe(error);
  const refusal = (reason: GapReason): Refusal => ({ reason, message: oneLine(message) });

  if (signal.aborted) return { reason: 'deadline', message: 'the time for this read was over' };
  if (names.some((name) => configuration.has(name))) return undefined;
  if (isThrottle(error)) return refusal('throttled');
  if (status === 401 || status === 403 || names.some((name) => denials.test(name))) return refusal('denied');
  if (names.some((name) => network.test(name)) || (status !== undefined && status >= 500))
    return refusal('unreachable');
  if (status !== undefined || names.some((name) => /^(SyntaxError|\$?ZodError)$/.test(name))) return refusal('invalid');
  return undefined;
}

/** True for every way in which AWS and Kubernetes say "slower". */
export function isThrottle(error: unknown): boolean {
  const { names, status } = describe(error);
  return (
    status === 429 ||
    names.some((name) => /^(Throttl|RequestLimitExceeded|TooManyRequests|RequestThrottled)/.test(name))
  );
}

/**
 * True for actions that know no permissions by resource, so that one denial stands for every call (Service Authorization
 * Reference: Describe* of EC2 and of Elastic Load Balancing).
 */
export const standsForAll = (action: string): boolean => /^(elasticloadbalancing|ec2):Describe/.test(action);

/** HTTP status in the answer that an error stands for, if there was an answer. */
export const statusOf = (error: unknown): number | undefined => describe(error).status;

const configuration = new Set(['CredentialsProviderError', 'TokenProviderError']);
const denials =
  /AccessDenied|Unauthorized|NotAuthorized|InvalidClientTokenId|UnrecognizedClient|ExpiredToken|AuthFailure|SignatureDoesNotMatch|InvalidSignature|OptInRequired/;
const network =
  /^(E(CONN|HOST|NET|PIPE|AI_|NOTFOUND|TIMEDOUT|PROTO)|UND_ERR|TimeoutError|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HPE_)/;

interface Fault extends Error {
  code?: unknown;
  body?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/** Names and codes along the chain of causes; the deepest message says most. */
function describe(error: unknown): { names: string[]; status: number | undefined; message: string } {
  const names: string[] = [];
  let status: number | undefined;
  let message = '';
  for (let link = error; link instanceof Error; link = link.cause) {
    const fault: Fault = link;
    names.push(fault.name, typeof fault.code === 'string' ? fault.code : '');
    status ??= typeof fault.code === 'number' ? fault.code : fault.$metadata?.httpStatusCode;
    message = kubernetesMessage(fault) ?? (fault.message || message || names.find(Boolean) || '');
  }
  return { names, status, message };
}

/**
 * `message` of the Status object with which an API server refuses. Where the client drops the body (401), its own words
 * are left; the headers that it adds to them are not kept.
 */
function kubernetesMessage({ body, message }: Fault): string | undefined {
  if (typeof body === 'string') {
    return /"message":\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1]?.replaceAll('\\"', '"') ?? body;
  }
  return /^HTTP-Code: \d+\nMessage: (.*)\n/.exec(message)?.[1];
}

const oneLine = (text: string): string => redact(text.replace(/\s+/g, ' ').trim()).slice(0, 300);
