import { annotationPrefix } from './annotation-prefix.ts';
import { isOlder, type Version } from './controller-version.ts';

/** Releases of the AWS Load Balancer Controller from which on it knows an annotation (LBC:pkg/annotations/constants.go by tag). */
const since: [ending: RegExp, release: Version][] = [
  [/^alpn-policy$/, [2, 1, 0]],
  [/^target-node-labels$/, [2, 2, 0]],
  [/^manage-backend-security-group-rules$/, [2, 4, 0]],
  [/^healthcheck-success-codes$/, [2, 4, 6]],
  [/^security-groups$/, [2, 6, 0]],
  [/^inbound-sg-rules-on-private-link-traffic$/, [2, 8, 0]],
  [/^multi-cluster-target-group$/, [2, 10, 0]],
  [/^enable-tcp-udp-listener$/, [2, 13, 0]],
  [/^proxy-protocol-per-target-group$/, [2, 13, 0]],
  [/^disable-nlb-sg$/, [2, 14, 0]],
  [/^target-group-attributes\.\d+$/, [2, 14, 0]],
  [/^quic-enabled-ports$/, [2, 15, 0]],
];

/** The first release that knows the annotation, where this one is older; undefined where it knows it, or is not known itself. */
export function neededFor(annotation: string, release: Version | undefined): Version | undefined {
  if (release === undefined || !annotation.startsWith(annotationPrefix)) return undefined;
  const ending = annotation.slice(annotationPrefix.length);
  const [, first] = since.find(([pattern]) => pattern.test(ending)) ?? [];
  return first !== undefined && isOlder(release, first) ? first : undefined;
}
