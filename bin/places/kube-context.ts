import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { UserError } from '../../config/user-error.ts';
import { suggest } from '../suggest.ts';

/** What a context of kubectl says about an EKS cluster; given options take its place. */
export interface KubeContext {
  cluster: string[];
  region: string;
  /** Only where the context's user signs in by one. */
  profile?: string;
}

const named = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .array(z.object({ name: z.string(), ...shape }))
    .nullish()
    .transform((list) => list ?? []);
const exec = z.object({
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});
const kubeconfig = z.object({
  'current-context': z.string().nullish(),
  contexts: named({ context: z.object({ cluster: z.string(), user: z.string().nullish() }) }),
  users: named({ user: z.object({ exec: exec.nullish() }).nullish() }),
});
type Kubeconfig = z.infer<typeof kubeconfig>;

/** `arn:aws:eks:<region>:<account>:cluster/<name>`, as `aws eks update-kubeconfig` names clusters. */
const clusterArn = /^arn:[\w-]+:eks:([\w-]+):\d{12}:cluster\/(.+)$/;
/** `<name>.<region>.eksctl.io`, as eksctl names them. */
const eksctlName = /^([\w-]+)\.([\w-]+)\.eksctl\.io$/;

/** The cluster of a context of kubectl, `true` = the current one; a context of another cluster is a UserError. */
export function kubeContext(name: string | true): KubeContext {
  const files = readKubeconfigs();
  const contexts = files.flatMap((file) => file.contexts);
  const wanted = name === true ? files.map((file) => file['current-context']).find((current) => current) : name;
  if (!wanted)
    throw new UserError('kubectl has no current context; name one with --context, or give --cluster and --region.');
  const found = contexts.find((each) => each.name === wanted);
  if (found === undefined) {
    const known = contexts.map((each) => each.name);
    throw new UserError(
      `kubectl has no context "${wanted}"; \`kubectl config get-contexts\` lists those that there are.${suggest(wanted, known)}`,
    );
  }
  const signIn = files.flatMap((file) => file.users).find((each) => each.name === found.context.user)?.user?.exec;
  const place = placeOf(found.context.cluster, signIn?.args ?? []);
  if (place === undefined) {
    throw new UserError(
      `the context "${wanted}" of kubectl does not name an EKS cluster and its Region; give --cluster and --region, or run \`aws eks update-kubeconfig --name <cluster>\`.`,
    );
  }
  const profile =
    signIn?.env?.find((each) => each.name === 'AWS_PROFILE')?.value ?? optionOf(signIn?.args ?? [], '--profile');
  return { ...place, ...(profile !== undefined && { profile }) };
}

function placeOf(clusterName: string, args: string[]): Pick<KubeContext, 'cluster' | 'region'> | undefined {
  const [, region = optionOf(args, '--region'), name] = clusterArn.exec(clusterName) ?? [];
  const [, eksctlCluster, eksctlRegion] = eksctlName.exec(clusterName) ?? [];
  const cluster = name ?? optionOf(args, '--cluster-name') ?? optionOf(args, '-i') ?? eksctlCluster;
  const where = region ?? eksctlRegion;
  return cluster === undefined || where === undefined ? undefined : { cluster: [cluster], region: where };
}

function optionOf(args: string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}

/** The files of `KUBECONFIG`, or kubectl's own; of equal names the first counts, as for kubectl. */
function readKubeconfigs(): Kubeconfig[] {
  const paths = process.env['KUBECONFIG']?.split(delimiter).filter((path) => path !== '') ?? [
    join(homedir(), '.kube', 'config'),
  ];
  return paths.filter((path) => existsSync(path)).map(readKubeconfig);
}

function readKubeconfig(path: string): Kubeconfig {
  try {
    return kubeconfig.parse(parse(readFileSync(path, 'utf8')) ?? {});
  } catch (cause) {
    const reason =
      cause instanceof z.ZodError ? cause.issues.map(({ message }) => message).join(', ') : firstLine(cause);
    throw new UserError(
      `${path} could not be read as a configuration of kubectl (${reason}); correct it, or name another file in KUBECONFIG.`,
      { cause },
    );
  }
}

const firstLine = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.replace(/:$/, '') ?? '';
