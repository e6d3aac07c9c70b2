import type { Facts } from '../model/facts.ts';
import type { ObjectMeta } from '../model/kubernetes.ts';
import type { Digest } from './substitute-address.ts';
import { substituteText } from './substitute-text.ts';
import { knownWords } from './vocabulary.ts';

/** What is redacted; everything in it but `run`. */
interface Redactable {
  inventory: { account: string; region: string };
  facts: Facts[];
}

/**
 * The same with substitutes for names, addresses, ARNs, ids, account and text of logs, so that it gives the same causes.
 * What stays: the words that the catalogue itself uses, where they are not a name, short numbers, times, the Region.
 */
export function redactFacts<File extends Redactable>(file: File, digest: Digest): File {
  const known = new Set([...knownWords, ...file.inventory.region.split('-')]);
  const rules = { digest, known, names: namesIn(file.facts), fixed: new Map<string, string>() };
  const plain = substituteText(rules);
  for (const uid of file.facts.flatMap(({ slices }) => slices.services.map(({ metadata }) => metadata.uid))) {
    rules.fixed.set(balancerName(uid), balancerName(plain(uid)));
  }
  const substitute = substituteText(rules);
  const { run, ...rest } = file as File & { run?: unknown };
  return { ...(walk(rest, '', substitute) as File), ...(run !== undefined && { run }) };
}

/** The in-tree controller's name of a load balancer (CPA:pkg/providers/v1/aws.go, cloudprovider.DefaultLoadBalancerName). */
const balancerName = (uid: string): string => `a${uid.replaceAll('-', '')}`.slice(0, 32);

/** Names of system parts and words of the trade tell nothing, and checks look for them. */
const ofTheTrade =
  /^(app|apps|application|api|auth|aws|cluster|coredns|default|dns|eks|grpc|health|healthz|http|https|ingress|io|k8s|kube|kubernetes|lb|metrics|net|network|nlb|node|nodes|owned|pod|pods|port|proxy|ready|server|service|shared|status|system|target|targets|tcp|tls|true|false|udp|traffic)$|^kube-|^amazon-|^aws-/;

function namesIn(allFacts: Facts[]): Set<string> {
  const names = allFacts.flatMap(({ cluster, owners, slices }) => [
    cluster?.name ?? '',
    ...owners.flatMap(({ namespace, service }) => [namespace, service]),
    ...[
      ...slices.services,
      ...slices.workloads,
      ...slices.pods,
      ...slices.targetGroupBindings,
      ...slices.gatewayConfigurations,
    ].flatMap(({ metadata }) => namesOf(metadata)),
  ]);
  return new Set(names.filter((name) => name.length > 1 && !ofTheTrade.test(name)));
}

const namesOf = ({ name, namespace = '' }: ObjectMeta): string[] =>
  namespace === 'kube-system' ? [] : [name, namespace];

/** Objects whose keys are words of the owner. */
const open = new Set(['labels', 'annotations', 'tags', 'data', 'matchLabels', 'selector']);

function walk(value: unknown, key: string, substitute: (text: string) => string): unknown {
  if (key === 'certificateAuthority') return '';
  if (typeof value === 'string') return substitute(value);
  if (Array.isArray(value)) return value.map((each) => walk(each, '', substitute));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      open.has(key) ? substitute(name) : name,
      walk(inner, name, substitute),
    ]),
  );
}
