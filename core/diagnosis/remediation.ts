import type { Filling } from '../model/check-result.ts';
import type { Facts } from '../model/facts.ts';
import type { Group } from '../model/target-group-context.ts';
import type { Fix } from './check.ts';

/** Words that every fix may use: names of the things around the target group. */
export function surroundings(group: Group, facts: Facts): Record<string, string | number> {
  const { targetGroup, owner, loadBalancer } = group;
  return {
    region: facts.region,
    account: facts.account,
    vpc: targetGroup.vpcId,
    ...(facts.cluster && { kubernetesVersion: facts.cluster.version }),
    targetGroup: targetGroup.arn,
    targetGroupName: targetGroup.name,
    ...(loadBalancer && { loadBalancer: loadBalancer.arn, loadBalancerName: loadBalancer.name }),
    ...(owner && { cluster: owner.cluster, namespace: owner.namespace, service: owner.service }),
  };
}

/** Fills `{name}` in the fix; in commands the values are quoted for a POSIX shell, and what is not known stays `<name>`. */
export function fill(fix: Fix, values: Record<string, Filling>): Fix {
  const replace = (text: string, show: (value: string) => string): string =>
    text.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) return `<${name}>`;
      return [value]
        .flat()
        .map((word) => show(String(word)))
        .join(' ');
    });
  return {
    text: replace(fix.text, (value) => value),
    ...(fix.command !== undefined && { command: replace(fix.command, shellWord) }),
    ...(fix.danger !== undefined && { danger: replace(fix.danger, (value) => value) }),
    ...(fix.verify !== undefined && { verify: replace(fix.verify, shellWord) }),
  };
}

/** The value as it is when no shell would touch it, else in single quotes. */
const shellWord = (value: string): string =>
  /^[A-Za-z0-9_./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
