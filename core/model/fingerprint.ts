/** What a finding is about. */
export interface Fingerprint {
  account: string;
  region: string;
  /** Name of the cluster, or id of the VPC where no cluster owns the target group. */
  place: string;
  /** `namespace/service`, or the name of the target group; `null` for all of the place, which is what an incident is about. */
  subject: string | null;
  /** Catalogue id, or `unexplained`. */
  cause: string;
}

/** The key under which it is remembered: `account/region/place[/subject]/cause`. */
export const keyOf = ({ account, region, place, subject, cause }: Fingerprint): string =>
  [account, region, place, ...(subject === null ? [] : [subject]), cause].join('/');

/** The same from its key: only the subject may hold a slash. */
export function parseKey(key: string): Fingerprint {
  const [account = '', region = '', ...rest] = key.split('/');
  const [cause = '', ...others] = rest.toReversed();
  const [place = '', ...subject] = others.toReversed();
  return { account, region, place, subject: subject.join('/') || null, cause };
}

/** The key of the incident that a finding is part of; that of an incident is its own. */
export const incidentKeyOf = (key: string): string => keyOf({ ...parseKey(key), subject: null });
