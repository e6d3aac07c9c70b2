import type { Service } from '../../world/kubernetes-object.ts';
import { controllerOf } from '../controller-of.ts';

/**
 * The `k=v,k2=v2` map of an annotation, by what follows the prefix. Since 2.14.1 a comma of the AWS Load Balancer Controller ends a
 * pair only where another follows, and none behind a backslash (pkg/annotations/parser.go, splitKeyValuePairs).
 */
export function pairsIn(service: Service, ending: string): Record<string, string> {
  const text = service.metadata.annotations[`service.beta.kubernetes.io/aws-load-balancer-${ending}`] ?? '';
  const parts = controllerOf(service) === 'ccm' ? text.split(',') : text.split(/(?<!\\),(?=.*=)/);
  return Object.fromEntries(
    parts.flatMap((part) => {
      const pair = part.trim();
      const at = pair.indexOf('=');
      return at < 1 ? [] : [[pair.slice(0, at), pair.slice(at + 1).replace(/\\(.)/g, '$1')]];
    }),
  );
}
