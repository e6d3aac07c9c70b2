import type { Change, Transition } from './change.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Digest, digest, type Omitted, wholeDigest } from './digest.ts';

/** What people are owed about one finding: its latest transition. */
export interface Message extends Digest {
  /** `<fingerprint>#<episode>#<revision>`: the same in every repeat of the same message. */
  key: string;
  fingerprint: string;
  transition: Transition;
  /** RFC 3339, of the transition. */
  at: string;
  /** RFC 3339. */
  openedAt: string;
  /** As last seen; in a `resolved` message what is over. */
  diagnoses: Diagnosis[];
  omitted: Omitted;
}

/** The message that a change owes, small enough to be kept beside its finding. */
export function messageOf({ transition, after }: Change): Message {
  const { fingerprint, episode, revision, changedAt, openedAt, diagnoses } = after;
  const key = `${fingerprint}#${episode}#${revision}`;
  return { key, fingerprint, transition, at: changedAt, openedAt, ...digest(wholeDigest(diagnoses)) };
}
