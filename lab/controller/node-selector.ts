import type { TargetGroupBinding } from '../world/kubernetes-object.ts';

/**
 * What Kubernetes says of the labels that a binding selects nodes by, where they can be none; the texts are those of
 * k8s.io/apimachinery pkg/util/validation as the AWS Load Balancer Controller 3.5.0 passes them on.
 */
export function invalidSelectorOf({ spec }: TargetGroupBinding): string | undefined {
  for (const [key, value] of Object.entries(spec.nodeSelector?.matchLabels ?? {})) {
    if (!/^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(key)) {
      return (
        `key: Invalid value: "${key}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end ` +
        "with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
        "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
      );
    }
    if (!/^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/.test(value)) {
      return (
        `values[0][${key}]: Invalid value: "${value}": a valid label must be an empty string or consist of alphanumeric characters, ` +
        "'-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex " +
        "used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
      );
    }
  }
  return undefined;
}
