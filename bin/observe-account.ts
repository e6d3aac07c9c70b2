import { NoAnswer, NotHere } from '../config/user-error.ts';
import type { Grades } from '../core/diagnosis/check-settings.ts';
import type { ForFindings } from '../core/history/for-findings.ts';
import type { MetricsWanted } from '../core/history/metric-queries.ts';
import type { Inventory, ServiceScope } from '../core/model/inventory.ts';
import { signIn } from '../io/aws/identity/sign-in.ts';
import { type FullObservation, observe } from '../io/observe.ts';
import { open, type SessionOptions } from './session.ts';
import { refuseUnknownServices } from './slips/refuse-services.ts';

export interface ObserveOptions extends SessionOptions {
  cluster?: string[];
  /** Only what Services of these names need is read. */
  services?: ServiceScope;
  /** `failing-only` leaves healthy targets alone. */
  probe?: boolean | 'failing-only';
  /** Target groups whose CloudWatch metrics are read; none by default. */
  metrics?: MetricsWanted;
  /** Whether CloudTrail is read; not by default. */
  changes?: ForFindings;
  /** Whether flow logs are read; not by default. */
  flowLogs?: ForFindings;
  /** Checks that are switched off or get another severity, by id. */
  checks?: Grades | undefined;
}

/** Observes once, with its progress on standard error. */
export async function observeAccount({
  cluster: clusters,
  services,
  probe,
  metrics = 'off',
  changes = 'off',
  flowLogs = 'off',
  checks = {},
  ...options
}: ObserveOptions): Promise<FullObservation> {
  await using session = open(options);
  const { clients, turn, tally, progress } = session;

  progress.step('signing in to AWS');
  const principal = await signIn(clients, options);
  progress.step('surveying clusters, load balancers and target groups');
  const asPrincipal = { ...clients, ...(principal !== undefined && { principal }) };
  return await observe(asPrincipal, {
    scope: { ...(clusters && { clusters }), ...(services && { services }) },
    probe: probe ?? true,
    past: { metrics, changes, flowLogs },
    checks,
    turn,
    tally,
    onSurveyed(inventory, located) {
      refuseSilence(inventory);
      refuseUnknown(clusters ?? [], inventory);
      if (located !== undefined && services !== undefined) refuseUnknownServices(services, located, inventory);
      progress.step(`reading ${sizeOf(inventory)}`);
    },
    onCollected: () => progress.step('probing the targets that fail'),
  });
}

/** `1 cluster, 3 target groups`. */
export const sizeOf = ({ clusters, targetGroups }: Pick<Inventory, 'clusters' | 'targetGroups'>): string =>
  `${clusters.length} cluster${clusters.length === 1 ? '' : 's'}, ${targetGroups.length} target group${targetGroups.length === 1 ? '' : 's'}`;

/** An account of which not even the number is known, because no call got an answer, is not one that has nothing. */
function refuseSilence({ account, gaps, region }: Inventory): void {
  const [first] = gaps;
  if (account !== '' || first === undefined) return;
  if (!gaps.every(({ reason }) => reason === 'unreachable' || reason === 'deadline')) return;
  const endpoint = process.env['AWS_ENDPOINT_URL'] ? ', that AWS_ENDPOINT_URL is right' : '';
  const cause = Object.assign(new Error(first.message), { code: 'ETIMEDOUT' });
  throw new NoAnswer(
    `no endpoint of AWS in ${region} answered (${first.message}); see that this machine reaches them${endpoint} and that no firewall is between, and run again.`,
    { cause },
  );
}

/** A cluster that was asked for and that EKS does not know is a slip of the pen, not a gap. */
function refuseUnknown(wanted: string[], { gaps, region }: Inventory): void {
  const missing = wanted.find((name) =>
    gaps.some(
      ({ slice, scope, message }) =>
        slice === 'clusters' &&
        scope.kind === 'cluster' &&
        scope.name === name &&
        message.startsWith('No cluster found'),
    ),
  );
  if (missing === undefined) return;
  throw new NotHere(
    `there is no cluster "${missing}" in ${region}; \`aws eks list-clusters --region ${region}\` lists those that there are.`,
  );
}
