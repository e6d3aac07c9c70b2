import { derived } from '../model/indexed.ts';
import type { Workload } from '../model/kubernetes.ts';
import { annotationPrefix } from './annotation-prefix.ts';
import { controllerDeployment } from './controller.ts';

export type Version = [major: number, minor: number, patch: number];

/** The version of the AWS Load Balancer Controller by the tag of its image; undefined where none runs or the tag says none. */
export const controllerVersion = (workloads: Workload[]): Version | undefined =>
  derived(workloads, [controllerVersion], () => versionOf(controllerDeployment(workloads)));

function versionOf(controller: Workload | undefined): Version | undefined {
  const [, major, minor, patch] =
    (controller?.spec.template.containers ?? [])
      .map(({ image }) => /aws-load-balancer-controller:v?(\d+)\.(\d+)\.(\d+)/.exec(image))
      .find((match) => match !== null) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** True when the version came before the other. */
export function isOlder(version: Version, than: Version): boolean {
  const [difference = 0] = version.map((part, index) => part - (than[index] ?? 0)).filter((each) => each !== 0);
  return difference < 0;
}

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
