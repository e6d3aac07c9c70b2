import { type Omitted, type Truncated, truncate, untruncated } from '../lifecycle/truncate.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Change, Episode, Finding, Transition } from '../model/finding.ts';
import type { Muted } from './incident.ts';
import type { Summary } from './summary.ts';

/** What happened: a transition, a reminder of what is still open, or a summary of many incidents. */
export type NotificationKind = Transition | 'reminder' | 'summary';

/** What people are owed about one incident: its latest news. */
export interface Message extends Truncated {
  /** `<fingerprint>#<episode>#<revision>`: the same in every repeat of the same message. */
  key: string;
  /** Of the incident; the same for everything that is told about it. */
  fingerprint: string;
  transition: NotificationKind;
  /** RFC 3339, of the transition. */
  at: string;
  /** RFC 3339. */
  openedAt: string;
  /** As last seen; in a `resolved` message what is over. */
  diagnoses: Diagnosis[];
  omitted: Omitted;
  /** Every Service that the cause hits, the first ones by name; `more` counts the others. */
  services?: { names: string[]; more: number };
  /** Services that it does not hit any more. */
  recovered?: string[];
  /** Services that it hits and that somebody muted. */
  muted?: Muted[];
  /** When it was there before. */
  past?: Episode[];
  /** What was seen at first and is not seen any more. */
  firstEvidence?: Diagnosis['evidence'];
  /** Only in a summary, which has no diagnoses. */
  summary?: Summary;
  /** What the deployment calls the account, where it is given; not stored with a message that is owed. */
  accountName?: string;
  /** Key of the report of the run, in the bucket of reports. */
  report?: string;
}

/** Which opening of the incident a message is about; every summary stands for itself. */
export function episodeOf({ key, summary }: Message): string {
  const [revision = '', episode = ''] = key.split('#').toReversed();
  return summary === undefined ? episode : revision;
}

/** The message that a change of a single finding owes, with its diagnoses cut. */
export function messageOf(
  { transition, after }: Change,
  digest: Truncated = truncate(untruncated(after.diagnoses)),
): Message {
  const { fingerprint, episode, revision, changedAt, openedAt } = after;
  const key = `${fingerprint}#${episode}#${revision}`;
  const kind = transition === 'noted' ? 'changed' : transition;
  return { key, fingerprint, transition: kind, at: changedAt, openedAt, ...digest };
}

/** Evidence of the first sight that the diagnoses of today do not repeat. */
export function expiredEvidence(findings: Finding[]): Diagnosis['evidence'] {
  return findings.flatMap(({ firstEvidence, diagnoses }) => {
    const today = new Set(diagnoses.flatMap(({ evidence }) => evidence.map(({ check, saw }) => `${check} ${saw}`)));
    return firstEvidence.filter(({ check, saw }) => !today.has(`${check} ${saw}`));
  });
}
