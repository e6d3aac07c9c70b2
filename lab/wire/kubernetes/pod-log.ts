import type { Pod } from '../../world/kubernetes-object.ts';
import type { WorldCluster } from '../../world/world.ts';
import { badRequest } from './api-status.ts';

/** The text of a container's log; throws 400 in the kubelet's words where there is no such container or no such run. */
export function podLog(pod: Pod, query: URLSearchParams, logs: WorldCluster['logs']): string {
  const { name, namespace } = pod.metadata;
  const container = containerOf(pod, query.get('container'));
  const log = logs[`${namespace}/${name}/${container}`];
  const previous = query.get('previous') === 'true';
  if (previous && log?.previous === undefined) {
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  }
  const lines = (previous ? log?.previous : log?.current) ?? [];
  const tail = query.get('tailLines');
  const shown = tail === null ? lines : lines.slice(Math.max(0, lines.length - Number(tail)));
  const text = shown.map((line) => `${line}\n`).join('');
  const limitBytes = query.get('limitBytes');
  return limitBytes === null ? text : Buffer.from(text).subarray(0, Number(limitBytes)).toString();
}

function containerOf({ metadata, spec }: Pod, wanted: string | null): string {
  const names = [...spec.containers, ...(spec.initContainers ?? [])].map(({ name }) => name);
  if (wanted === null && spec.containers.length > 1) {
    const choice = spec.containers.map(({ name }) => name).join(' ');
    throw badRequest(`a container name must be specified for pod ${metadata.name}, choose one of: [${choice}]`);
  }
  const container = wanted ?? names[0];
  if (container !== undefined && names.includes(container)) return container;
  throw badRequest(`container ${container} is not valid for pod ${metadata.name}`);
}
