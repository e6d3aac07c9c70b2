import { type AuditOptions, audit } from '../commands/audit.ts';
import { auditPlaces } from './audit-places.ts';
import type { KubeContext } from './kube-context.ts';
import { type PlacesOptions, placesOf } from './places.ts';
import { refuseSeveral } from './refuse-several.ts';

/** What the command line says of an audit. */
export interface GivenOptions extends Omit<AuditOptions, 'region' | 'role'>, PlacesOptions {
  context?: string | true;
  watch?: number;
  viaLambda?: string;
}

/** Audits wherever the options say: here or in the deployed auditor, once or again and again, in one place or in several. */
export async function auditWhere(given: GivenOptions): Promise<void> {
  refuseSeveral(given);
  const { context, viaLambda, watch, ...options } = given;
  const kubectl = context === undefined ? undefined : (await import('./kube-context.ts')).kubeContext(context);
  const places = await placesOf({ ...options, ...(kubectl && { region: options.region ?? [kubectl.region] }) });
  const [place = {}, ...others] = places;
  const chosen = { ...ofContext(kubectl), ...withoutPlaces(options) };
  if (others.length > 0) {
    refuseSeveral({ ...given, region: places.flatMap(({ region }) => region ?? []) });
    return auditPlaces(places, chosen);
  }
  const here = { ...chosen, ...place };
  if (viaLambda !== undefined)
    return (await import('../commands/via-lambda.ts')).auditViaLambda({ ...here, viaLambda });
  if (watch !== undefined) return (await import('../commands/watch.ts')).watch({ ...here, watch });
  return audit(here);
}

const ofContext = (kubectl: KubeContext | undefined): Pick<AuditOptions, 'cluster' | 'profile'> =>
  kubectl === undefined
    ? {}
    : { cluster: kubectl.cluster, ...(kubectl.profile !== undefined && { profile: kubectl.profile }) };

function withoutPlaces({
  region: _,
  allRegions: _all,
  roleArn: _roles,
  externalId: _id,
  ...options
}: Omit<GivenOptions, 'context' | 'watch' | 'viaLambda'>): AuditOptions {
  return options;
}
