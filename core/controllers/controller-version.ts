import { derived } from '../model/indexed.ts';
import type { Workload } from '../model/kubernetes.ts';
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
