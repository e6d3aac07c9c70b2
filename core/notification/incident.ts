import type { Finding } from '../model/finding.ts';
import { parseKey } from '../model/fingerprint.ts';
import type { Mute } from './mute.ts';

/** One cause in one cluster with every Service that it hits: what people get one message about. */
export interface Incident {
  /** `<account>/<region>/<cluster or VPC>/<cause>`. */
  key: string;
  status: 'open' | 'resolved';
  episode: number;
  /** Grows by one with every write of the auditor; the condition of the next one. */
  revision: number;
  /** RFC 3339. */
  openedAt: string;
  resolvedAt: string | null;
  /** When people heard of it last, or were to hear. */
  toldAt: string;
  lastRun: string;
  /** The findings that it was told with. */
  members: { fingerprint: string; news: number }[];
}

/** A mute in force, and whom it keeps quiet. */
export interface Muted extends Mute {
  service: string;
}

/** True while people have to know of the finding: it is there, or it comes and goes. */
export const isActive = ({ status, flappingSince }: Finding): boolean => status === 'open' || flappingSince !== null;

/** `namespace/service`, or the target group that no cluster owns. */
export const serviceOfFinding = ({ fingerprint }: Finding): string => parseKey(fingerprint).subject ?? fingerprint;
