import { controllerDeployment } from '../../controllers/controller.ts';
import type { Filling } from '../../model/check-result.ts';
import type { Facts } from '../../model/facts.ts';
import type { Fix, Step } from '../../model/fix.ts';
import type { Workload } from '../../model/kubernetes.ts';
import type { Owner } from '../../model/owner.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { contextOf, inContext } from './cluster-context.ts';
import { commandOf } from './command-of.ts';
import { draft } from './draft.ts';
import type { Scene } from './former.ts';
import { manifestOf } from './manifest.ts';
import { reversalOf } from './reversal.ts';
import { positionAfter, shellWords } from './shell-word.ts';
import { waitForTargets } from './verification.ts';

/** Words that every fix may use: names of the things around the target group. */
export function surroundings(group: TargetGroupContext, facts: Facts): Record<string, string | number> {
  const { targetGroup, owner, loadBalancer } = group;
  const context = contextOf(owner, facts);
  const controller = reconcilerOf(owner, facts);
  return {
    region: facts.region,
    account: facts.account,
    vpc: targetGroup.vpcId,
    ...(facts.cluster && { kubernetesVersion: facts.cluster.version }),
    ...(context !== undefined && { context }),
    targetGroup: targetGroup.arn,
    targetGroupName: targetGroup.name,
    ...(loadBalancer && { loadBalancer: loadBalancer.arn, loadBalancerName: loadBalancer.name }),
    ...(controller && {
      controllerNamespace: controller.metadata.namespace ?? 'default',
      controllerDeployment: controller.metadata.name,
    }),
    ...(owner && { cluster: owner.cluster, namespace: owner.namespace, service: owner.service }),
  };
}

/** The Deployment of the AWS Load Balancer Controller where it reconciles the target group; EKS runs its own out of sight, and so does cloud-provider-aws. */
function reconcilerOf(owner: Owner | undefined, { slices }: Facts): Workload | undefined {
  const isOutOfSight = owner?.controller === 'eks-auto-mode' || owner?.controller === 'cloud-provider-aws';
  return isOutOfSight ? undefined : controllerDeployment(slices.workloads);
}

type Values = Record<string, Filling>;

/**
 * Fills `{name}` in a step. A command holds only values that no shell can misread; instead of the others it has `<name>`,
 * and the text gives the reason. A command for which a value is not known is left out: what a reader pastes is complete.
 * Where the change is to be made, `place` shows what the command that takes it back restores.
 */
export function fill(step: Step, values: Values, place?: Pick<Scene, 'group' | 'facts'>): Fix {
  const drafted = draft(step);
  const command = fillCommand(drafted.command, values);
  const verify = fillCommand(drafted.verify, values) ?? fillCommand(drafted.verify && waitForTargets, values);
  const withheld = new Map([...(verify?.withheld ?? []), ...(command?.withheld ?? [])]);
  const reasons = [...withheld].map(
    ([name, why]) => ` Put in <${name}> yourself: its value is not shown in the command because ${why}.`,
  );
  const manifest = place && step.change && manifestOf(step.change, { ...place, values });
  const back = command && place && reversalCommand(step, { ...place, values });
  return {
    text: fillText(drafted.text, values) + reasons.join(''),
    ...(command && { command: command.text }),
    ...(drafted.danger !== undefined && { danger: fillText(drafted.danger, values) }),
    ...(verify && { verify: verify.text }),
    ...(manifest && { manifest }),
    ...(drafted.disturbs !== undefined && { disturbs: fillText(drafted.disturbs, values) }),
    ...(drafted.undo !== undefined && {
      undo: { text: fillText(drafted.undo, values), ...(back !== undefined && { command: back }) },
    }),
  };
}

const contextInCommand = /--(?:kube-)?context (arn:[\w-]+:eks:([\w-]+):\d+:cluster\/([\w-]+))(?= )/;

/** The steps; the first that needs the context of a cluster has the command that makes it. */
export function prepared(steps: Fix[]): Fix[] {
  const made = new Set<string>();
  return steps.map((step) => {
    const [, context, region, cluster] = contextInCommand.exec(step.command ?? '') ?? [];
    if (context === undefined || region === undefined || cluster === undefined || made.has(context)) return step;
    made.add(context);
    const prepare = fillCommand(makeContext, { region, cluster });
    return { ...step, ...(prepare && { prepare: prepare.text }) };
  });
}

/** Names the context by the ARN of the cluster (AWS CLI, `eks update-kubeconfig`). */
const makeContext = 'aws eks update-kubeconfig --region {region} --name {cluster}';

/** The command that takes a step back, where it can be printed whole. */
function reversalCommand({ change }: Step, scene: Scene): string | undefined {
  const back = change && reversalOf(change, scene);
  if (back === undefined) return undefined;
  const filled = fillCommand(commandOf(back), { ...scene.values, ...back.values });
  return filled?.withheld.size === 0 ? filled.text : undefined;
}

const placeholder = /\{([a-zA-Z]+)\}/g;

/** Characters of one value in a sentence. */
const longestInText = 300;

function fillText(text: string, values: Values): string {
  return text.replace(placeholder, (_, name: string) => {
    const value = values[name];
    if (value === undefined) return `<${name}>`;
    const shown = [value].flat().map(asQuote).join(' ');
    return shown.length <= longestInText ? shown : `${shown.slice(0, longestInText)}…`;
  });
}

/**
 * A value of several words, not numbers, in quotes and in one piece, with no-break spaces: wherever a medium breaks the line, none begins with
 * foreign words that a reader could take for a command.
 */
function asQuote(value: string | number): string {
  const words = String(value).trim().split(/\s+/);
  const isProse = words.slice(1).some((word) => !/^\d/.test(word));
  return isProse ? `“${words.join('\u00a0')}”` : String(value);
}

interface FilledCommand {
  text: string;
  /** Why a value is not in it, by the name of its placeholder. */
  withheld: Map<string, string>;
}

/** The only place where a value gets into a command; undefined where one is not known. */
function fillCommand(command: string | undefined, values: Values): FilledCommand | undefined {
  if (command === undefined) return undefined;
  const template = values.context === undefined ? command : inContext(command);
  const withheld = new Map<string, string>();
  const isKnown = ([, name = '']: RegExpExecArray) => values[name] !== undefined && values[name] !== '';
  if (![...template.matchAll(placeholder)].every(isKnown)) return undefined;
  const text = template.replace(placeholder, (_, name: string, offset: number) => {
    const value = values[name] ?? '';
    const position = positionAfter(template.slice(0, offset));
    const filled = shellWords([value].flat().map(String), position);
    if ('word' in filled) return filled.word;
    withheld.set(name, filled.withheld);
    return `<${name}>`;
  });
  return { text, withheld };
}
