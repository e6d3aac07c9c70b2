import type * as z from 'zod';
import { NoAnswer } from '../../config/user-error.ts';
import type { GapReason } from '../../core/model/gap.ts';
import { cleanText } from '../../core/redaction/clean.ts';
import { explainShape } from '../explain-shape.ts';
import { InvalidAnswer, OutOfTime } from './read-error.ts';

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

  if (error instanceof OutOfTime) return { reason: 'deadline', message: error.message };
  if (signal.reason instanceof NoAnswer) return { reason: 'unreachable', message: signal.reason.message };
  if (signal.aborted) return { reason: 'deadline', message: 'the time for this read was over' };
  if (names.some((name) => configuration.has(name))) return undefined;
  if (error instanceof InvalidAnswer) return { reason: 'invalid', message: oneLine(error.message) };
  if (isThrottle(error)) return refusal('throttled');
  if (status === 401 || status === 403 || names.some((name) => denials.test(name))) return refusal('denied');
  if (names.some((name) => network.test(name)) || (status !== undefined && status >= 500))
    return refusal('unreachable');
  if (status !== undefined || names.some((name) => /^(SyntaxError|\$?ZodError)$/.test(name))) return refusal('invalid');
  return undefined;
}

/** A failure that is none of the world's: one line that a report of the bug can start from. */
export function bugOf(error: unknown): Refusal {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const place = /\bat .*?([\w.-]+\.[cm]?[jt]s:\d+)/.exec(stack ?? '')?.[1];
  return { reason: 'bug', message: oneLine(`${name}: ${message}${place === undefined ? '' : ` (${place})`}`) };
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
  /^(E(CONN|HOST|NET|PIPE|AI_|NOTFOUND|TIMEDOUT|PROTO)|TimeoutError|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|ERR_OSSL|HPE_)/;

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
    message = kubernetesMessage(fault) ?? (inWords(fault) || message || names.find(Boolean) || '');
  }
  return { names, status, message };
}

/** By its name: zod itself has 300 KB, which functions without a schema need not load. */
const isShapeError = (fault: Error): fault is z.ZodError => /^\$?ZodError$/.test(fault.name);

/** What the HTTP handler of the SDK writes for developers who configure it (smithy-typescript: node-http-handler, set-*-timeout). */
const timeOutOfSdk = /^@smithy\/node-http-handler - .*?(connection)?(?: with the server)? .*?\b(\d+) ms\b/;

function inWords(fault: Fault): string {
  if (isShapeError(fault)) return `the answer does not have the shape that it should: ${explainShape(fault)}`;
  const { message } = fault;
  const [, connection, milliseconds] = timeOutOfSdk.exec(message) ?? [];
  return milliseconds === undefined ? message : `no ${connection ?? 'answer'} within ${Number(milliseconds) / 1000} s`;
}

/** `message` of the Status object with which an API server refuses; 401 says only "Unauthorized" there. */
function kubernetesMessage({ body, code }: Fault): string | undefined {
  if (typeof body !== 'string') return undefined;
  if (code === 401) {
    return 'the cluster does not know this identity (401 Unauthorized): it has no access entry there, or the clock of this machine is wrong';
  }
  return /"message":\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1]?.replaceAll('\\"', '"');
}

const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim().slice(0, 300);
