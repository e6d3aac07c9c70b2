import { hash as digest } from 'node:crypto';

/** The first `length` hex digits of a hash: the same seed always gives the same digits. */
export const hash = (seed: string, length: number): string => digest('sha256', seed).slice(0, length);

/** An id of full length, for example `vpc-0` and 16 hex digits. */
export const resourceId = (prefix: string, seed: string): string => `${prefix}-0${hash(`${prefix} ${seed}`, 16)}`;

/** A UUID of version 4, as Kubernetes gives to every object. */
export function uid(seed: string): string {
  const hex = hash(`uid ${seed}`, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

// The alphabet of k8s.io/apimachinery/pkg/util/rand: no vowels, so that no words arise.
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** The random end of a generated object name, for example of a Pod. */
export const nameSuffix = (seed: string, length: number): string =>
  (hash(`suffix ${seed}`, length * 2).match(/../g) ?? [])
    .map((pair) => letters[Number.parseInt(pair, 16) % letters.length])
    .join('');
