import type { Service, Workload } from '../model/kubernetes.ts';
import type { Controller } from '../model/owner.ts';
import { annotationPrefix } from './annotation-prefix.ts';
import type { InvalidAnnotation } from './annotations.ts';
import { controllerVersion, isOlder } from './controller-version.ts';
import { isLabelKey } from './node-selection.ts';

/** How a release splits `key=value` lists. */
type Split = (value: string) => string[];

interface Rule {
  /** What follows the prefix. */
  ending: RegExp;
  allowed: string;
  isSound(value: string, split: Split): boolean;
  /** What follows the prefix of the annotation without which this one is not read. */
  needs?: string;
}

/**
 * The first annotation of the Service, other than those on health checks, that keeps the AWS Load Balancer Controller from
 * building anything. Sources: LBC:pkg/annotations/parser.go, pkg/service/model_build_load_balancer.go and
 * model_build_target_group.go.
 */
export function unreadableAnnotation(
  { metadata }: Service,
  controller: Controller,
  workloads: Workload[] | undefined,
): InvalidAnnotation | undefined {
  if (controller !== 'aws-load-balancer-controller') return undefined;
  const splits = splitsOf(workloads ?? []);
  const [found] = Object.entries(metadata.annotations)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]) => {
      if (!name.startsWith(annotationPrefix)) return [];
      const broken = rules
        .filter(({ ending }) => ending.test(name.slice(annotationPrefix.length)))
        .filter(({ needs }) => needs === undefined || `${annotationPrefix}${needs}` in metadata.annotations)
        .find(({ isSound }) => !splits.some((split) => isSound(value, split)));
      return broken === undefined ? [] : [{ name, value, allowed: broken.allowed }];
    });
  return found;
}

/** Releases from 2.14.1 on know an escaped comma; where the release is not known, a value is refused only if both refuse it. */
function splitsOf(workloads: Workload[]): Split[] {
  const version = controllerVersion(workloads);
  if (version === undefined) return [plainSplit, escapingSplit];
  return [isOlder(version, [2, 14, 1]) ? plainSplit : escapingSplit];
}

const plainSplit: Split = (value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** splitKeyValuePairs: a comma ends a pair where another `=` follows; what has none is a part of its own, and refused. */
function escapingSplit(value: string): string[] {
  const parts: string[] = [];
  let current = '';
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    const rest = value.slice(at + 1).trim();
    if (character === '\\' && at + 1 < value.length) {
      current += value.charAt(at + 1);
      at += 1;
    } else if (character !== ',' || rest === '') {
      current += character;
    } else {
      parts.push(current.trim());
      if (!rest.includes('=')) return [...parts, rest];
      current = '';
    }
  }
  return current === '' ? parts : [...parts, current.trim()];
}

const arePairs = (value: string, split: Split): boolean => split(value).every((part) => part.indexOf('=') > 0);

const areLabels = (value: string, split: Split): boolean =>
  arePairs(value, split) && split(value).every((part) => isLabelKey(part.split('=')[0]?.trim() ?? ''));

/** The one attribute whose value the controller reads itself, as Go reads booleans (strconv.ParseBool). */
function hasUnclearBoolean(pair: string): boolean {
  const [key, value = ''] = pair.split('=').map((part) => part.trim());
  return key === 'preserve_client_ip.enabled' && !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value);
}

const oneOf =
  (...words: string[]) =>
  (value: string): boolean =>
    words.includes(value);

const policies = ['None', 'HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred'];

const rules: Rule[] = [
  {
    ending: /^(target-group-attributes(\.\d+)?|attributes)$/,
    allowed: 'a list of key=value',
    // A comma at the end becomes part of the last value, which no attribute takes.
    isSound: (value, split) => arePairs(value, split) && !split(value).some((part) => part.endsWith(',')),
  },
  {
    ending: /^target-group-attributes(\.\d+)?$/,
    allowed: 'true or false for preserve_client_ip.enabled',
    isSound: (value, split) => !split(value).some(hasUnclearBoolean),
  },
  { ending: /^additional-resource-tags$/, allowed: 'a list of key=value', isSound: arePairs },
  { ending: /^target-node-labels$/, allowed: 'a list of key=value with names of labels', isSound: areLabels },
  { ending: /^proxy-protocol$/, allowed: '*', isSound: oneOf('*') },
  {
    ending: /^proxy-protocol-per-target-group$/,
    allowed: 'a list of port numbers',
    isSound: (value) => value.split(',').every((part) => /^[+-]?\d*$/.test(part.trim())),
  },
  { ending: /^scheme$/, allowed: 'internal or internet-facing', isSound: oneOf('internal', 'internet-facing') },
  {
    ending: /^alpn-policy$/,
    allowed: policies.join(', '),
    isSound: oneOf(...policies),
    needs: 'ssl-cert',
  },
  { ending: /^ip-address-type$/, allowed: 'ipv4 or dualstack', isSound: oneOf('ipv4', 'dualstack') },
];
