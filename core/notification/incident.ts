import type { Finding } from '../model/finding.ts';
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

/** The incident that a finding is part of; the key of an incident is its own. */
export function incidentKeyOf(fingerprint: string): string {
  const parts = fingerprint.split('/');
  return parts.length <= 4 ? fingerprint : [...parts.slice(0, 3), parts.at(-1)].join('/');
}

/** True while people have to know of the finding: it is there, or it comes and goes. */
export const isActive = ({ status, flappingSince }: Finding): boolean => status === 'open' || flappingSince !== null;

/** `namespace/service`, or the target group that no cluster owns. */
export function serviceOfFinding({ fingerprint, diagnoses: [first] }: Finding): string {
  if (first?.service != null) return `${first.namespace}/${first.service}`;
  return fingerprint.split('/').slice(3, -1).join('/');
}
