import { cleaner } from '../../../core/redaction/clean.ts';

const identities = new Set(['name', 'namespace', 'uid', 'nodeName', 'image']);

/** An object of the Kubernetes API as it may be kept, without the copy of the whole object that kubectl keeps in an annotation. */
export const cleanObject = cleaner({
  isIdentity: (field) => identities.has(field),
  dropped: new Set(['kubectl.kubernetes.io/last-applied-configuration']),
});
