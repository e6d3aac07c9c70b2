import type { Cluster } from './aws.ts';
import type { Gap } from './gap.ts';
import type { Owner } from './owner.ts';
import type { Vantage } from './probe-result.ts';
import type { Slices } from './slices.ts';

/**
 * Everything observed about one cluster, or about the target groups of one VPC that no cluster owns. Plain JSON:
 * a snapshot is this value in a file. A slice that could not be read is empty and named by a gap.
 */
export interface Facts {
  schemaVersion: 1;
  /** RFC 3339; the only clock of the diagnosis. */
  takenAt: string;
  account: string;
  region: string;
  partition: string;
  vpcId: string;
  /** `null` for target groups that no cluster owns. */
  cluster: Cluster | null;
  owners: Owner[];
  vantage: Vantage;
  slices: Slices;
  gaps: Gap[];
}
