import { type Clean, cleaner } from '../../../core/redaction/clean.ts';

const identities = new Set(['name', 'namespace', 'uid', 'nodeName', 'image']);

/** A cleaner for objects of the Kubernetes API, without the copy of the whole object that kubectl keeps in an annotation. */
export const kubernetesCleaner = (): Clean =>
  cleaner({
    isIdentity: (field) => identities.has(field),
    dropped: new Set(['kubectl.kubernetes.io/last-applied-configuration']),
  });
