import { indexed } from '../model/indexed.ts';
import type { Pod, PodLog } from '../model/kubernetes.ts';
import { isControllerPod } from './controller.ts';

/** What went wrong last in the AWS Load Balancer Controller, in its own words. */
export interface LastWords {
  pod: Pod;
  text: string;
}

const mostText = 400;

/**
 * The last error of each pod of the controller that restarts, by the log of the run that ended. The controller logs JSON with
 * `level`, `msg` and `error` (zap).
 */
export const lastWordsOf = (pods: Pod[], logs: PodLog[]): LastWords[] =>
  indexed(pods.filter((pod) => isControllerPod(pod) && restarts(pod))).flatMap((pod) => {
    const ended = logs.find((log) => isOf(log, pod) && log.previous) ?? logs.find((log) => isOf(log, pod));
    const text = ended && errorsIn(ended.lines).at(-1);
    return text === undefined ? [] : [{ pod, text }];
  });

/** What the controller may lack at its start. */
export type Obstacle = 'metadata' | 'certificate' | 'credentials' | 'kind';

/** What it says when each of them is missing (LBC:pkg/aws/cloud.go, main.go; controller-runtime for kinds). */
const obstacles: { what: Obstacle; words: RegExp }[] = [
  {
    what: 'metadata',
    words: /introspect (vpcID|region)|fetch VPC ID|EC2Metadata|ec2imds|--aws-vpc-id|169\.254\.169\.254/i,
  },
  { what: 'certificate', words: /serving-certs|tls\.crt|aws-load-balancer-(webhook-)?tls/ },
  { what: 'credentials', words: /WebIdentityErr|AssumeRole|get credentials|no EC2 IMDS role|NoCredentialProviders/ },
  { what: 'kind', words: /no matches for (kind|\S+)|if kind is a CRD, it should be installed/ },
];

/** What is missing by its last words; undefined where they name nothing of these. */
export const obstacleIn = (text: string): Obstacle | undefined => obstacles.find(({ words }) => words.test(text))?.what;

const isOf = (log: PodLog, { metadata }: Pod): boolean =>
  log.pod === metadata.name && log.namespace === metadata.namespace;

const restarts = ({ status }: Pod): boolean =>
  status.containerStatuses.some(
    ({ ready, restartCount, state, lastState }) =>
      !ready && (restartCount > 0 || state.terminated !== undefined || lastState.terminated !== undefined),
  );

/** Lines that tell of an error; where none is marked as one, the last line. */
function errorsIn(lines: string[]): string[] {
  const entries = lines.map(parse).filter(({ text }) => text !== '');
  const errors = entries.filter(({ isError }) => isError);
  return (errors.length > 0 ? errors : entries.slice(-1)).map(({ text }) => text.slice(0, mostText));
}

function parse(line: string): { isError: boolean; text: string } {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null) return { isError: false, text: line };
    const { level, msg, error } = entry as Record<string, unknown>;
    const text = [msg, error].filter((part) => typeof part === 'string' && part !== '').join(': ');
    return { isError: level === 'error' || level === 'fatal', text };
  } catch {
    return { isError: /\b(error|fatal|panic)\b/i.test(line), text: line.trim() };
  }
}
