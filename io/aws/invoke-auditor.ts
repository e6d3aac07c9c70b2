import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { UserError } from '../../config/user-error.ts';
import type { Report } from '../../core/model/report.ts';
import { misconfiguration } from '../misconfiguration.ts';
import { parseJson } from '../parse-json.ts';
import { bounded, briefBounds } from './bounded.ts';
import { type AwsPlace, placeOf } from './place.ts';
import { refusalOf } from './refusal.ts';
import { requestHandler } from './time-outs.ts';

const unpack = promisify(gunzip);

/** What the deployed auditor answers to a run that writes nothing. */
const shape = z.looseObject({
  runId: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  complete: z.boolean(),
  diagnoses: z.object({
    unhealthy: z.number(),
    unserved: z.number().default(0),
    unexplained: z.number(),
    latent: z.number(),
    expected: z.number(),
  }),
  /** Absent in answers of earlier releases. */
  verdict: z.enum(['wrong', 'unread', 'well']).optional(),
  apiCalls: z.number(),
  throttles: z.number(),
  gaps: z.number(),
  /** Where the whole report lies. */
  report: z.object({ bucket: z.string(), key: z.string() }).optional(),
});

export type AuditorAnswer = z.infer<typeof shape>;

export interface InvokeOptions extends AwsPlace {
  function: string;
  clusters?: string[];
}

/** Bytes of a report when it is unpacked; that of an account of 3,000 target groups has about 30 MB. */
const largestReport = 512 * 2 ** 20;

/** Milliseconds that a function may run, and a little more. */
const longest = 15 * 60 * 1000 + 10_000;

/** Lets the deployed auditor audit, writing nothing; the whole report too, where it was kept. */
export async function invokeAuditor(options: InvokeOptions): Promise<{ answer: AuditorAnswer; report?: Report }> {
  const place = placeOf(options);
  const client = new LambdaClient({
    ...place,
    // An audit is not repeated because it takes its time.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3000, requestTimeout: longest, throwOnRequestTimeout: true },
  });
  client.middlewareStack.use(bounded({ ...briefBounds, longestMs: 30_000 }));
  try {
    const answer = read(await invoke(client, options), options.function);
    if (answer.report === undefined) return { answer };
    return { answer, report: await fetchReport(answer.report, place) };
  } finally {
    client.destroy();
  }
}

async function invoke(client: LambdaClient, { function: name, clusters }: InvokeOptions): Promise<string> {
  const event = { dryRun: true, ...(clusters && { clusters }) };
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
    );
    const text = Payload?.transformToString() ?? '';
    if (FunctionError === undefined) return text;
    throw new UserError(`the function ${name} failed: ${messageOf(text)}; its log group says why.`);
  } catch (cause) {
    if (cause instanceof UserError || misconfiguration(cause) !== undefined) throw cause;
    const refusal = refusalOf(cause, new AbortController().signal);
    if (refusal === undefined || !(cause instanceof Error)) throw cause;
    const remedy =
      remedies.get(cause.name) ??
      (refusal.reason === 'unreachable'
        ? 'see that this machine reaches the Lambda API of the Region.'
        : 'name it as the output of the stack does, and give its --region.');
    throw new UserError(`the function ${name} could not be invoked: ${refusal.message}; ${remedy}`, { cause });
  }
}

const remedies = new Map([
  ['ResourceNotFoundException', 'name it as the output of the stack does, and give its --region.'],
  ['AccessDeniedException', 'allow your role lambda:InvokeFunction on it.'],
  ['TooManyRequestsException', 'it is running already; try again in a minute.'],
]);

function read(payload: string, name: string): AuditorAnswer {
  const parsed = shape.safeParse(documentIn(payload));
  if (parsed.success) return parsed.data;
  throw new UserError(
    `the function ${name} did not answer as an auditor does; give the name of the auditor, not of the notifier. It answered: ${payload.slice(0, 200)}`,
  );
}

function documentIn(payload: string): unknown {
  try {
    return parseJson(payload);
  } catch {
    return null;
  }
}

async function fetchReport({ bucket, key }: { bucket: string; key: string }, place: AwsPlace): Promise<Report> {
  const client = new S3Client({ ...place, requestHandler });
  client.middlewareStack.use(bounded());
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const packed = (await Body?.transformToByteArray()) ?? new Uint8Array();
    return parseJson((await unpack(packed, { maxOutputLength: largestReport })).toString()) as Report;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `the audit was made, but its report s3://${bucket}/${key} could not be read: ${reason}; allow your role s3:GetObject on it.`,
      { cause },
    );
  } finally {
    client.destroy();
  }
}

const messageOf = (payload: string): string =>
  /"errorMessage":\s*"([^"]*)"/.exec(payload)?.[1] ?? payload.slice(0, 200);
