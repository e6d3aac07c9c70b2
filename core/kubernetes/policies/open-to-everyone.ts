import type { Pod } from '../../model/kubernetes.ts';
import type { Slices } from '../../model/slices.ts';
import { isGuarded, policyEngineOf } from '../network-policies.ts';
import { fromAnywhere } from './from-anywhere.ts';
import { isClosed, strictModes } from './strict-mode.ts';

type Seen = {
  [Name in 'networkPolicies' | 'enginePolicies' | 'nodeClasses' | 'workloads' | 'configMaps' | 'nodes']:
    | Slices[Name]
    | undefined;
};

/** True where no policy can have dropped what was sent to this TCP port of the pod, whoever sent it; false also where that was not read. */
export function isOpenToEveryone(pod: Pod, port: number, bits: 32 | 128, seen: Seen): boolean {
  const { networkPolicies, enginePolicies, nodeClasses, workloads, configMaps, nodes } = seen;
  if (!networkPolicies || !enginePolicies || !nodeClasses || !workloads || !configMaps || !nodes) return false;
  const modeOn = strictModes({ workloads, configMaps, nodes, nodeClasses });
  const engine = policyEngineOf(workloads, configMaps) ?? (modeOn && 'VPC CNI');
  if (engine === undefined || !isGuarded(pod, engine, nodes)) return true;
  if (modeOn?.(pod) !== undefined && isClosed(pod, nodes, networkPolicies)) return false;
  const policies = { engine, enginePolicies, networkPolicies, configMaps };
  return fromAnywhere({ pod, port, protocol: 'TCP' }, bits, policies).admits === 'everyone';
}
