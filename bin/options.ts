import { InvalidArgumentError, Option } from 'commander';
import { catalogue } from '../core/diagnosis/catalogue.ts';
import { forFindings } from '../core/history/for-findings.ts';
import { metricsWanted } from '../core/history/metric-queries.ts';
import { severities } from '../core/model/severity.ts';
import { noCheck } from './commands/catalogue.ts';
import { forms } from './form.ts';
import { listForms } from './structured.ts';
import { writableReport } from './writable.ts';

/** `--output`: what standard output gets. */
export const output = (): Option => new Option('-o, --output <form>', 'output format').choices(forms).default('text');

export const listForm = (): Option =>
  new Option('-o, --output <form>', 'output format').choices(listForms).default('text');

export const table = (): Option =>
  new Option('-t, --table <name>', 'table of findings, the output TableName of the stack')
    .argParser(tableName)
    .makeOptionMandatory();

/** `--out`, as often as wanted. */
export const out = (): Option =>
  new Option('--out <file>', 'also write the report to a file, in the format of its extension; repeatable').argParser(
    (path: string, before: string[] = []) => [...before, writableReport(path)],
  );

/** `--config` of every command that judges. */
export const config = (): Option =>
  new Option('--config <file>', 'use the checks and the team label of this auditor.config.json');

export const verbose = (): Option => new Option('-v, --verbose', 'show all evidence and what was ruled out');

export const region = (): Option =>
  new Option('-r, --region <region>', "Region; default: the AWS SDK's own").argParser(oneRegion);

/** `--region` of audit, which takes several. */
export const regions = (): Option =>
  new Option('-r, --region <region,...>', "Regions; default: that of --config, or the AWS SDK's own").argParser(
    (text: string, before: string[] = []) => [...new Set([...before, ...listOf(text).map(oneRegion)])],
  );

export const allRegions = (): Option =>
  new Option('--all-regions', 'every Region that is enabled for the account').conflicts('region');

/** `--role-arn` of audit, which takes several. */
export const roles = (): Option =>
  new Option(
    '--role-arn <arn,...>',
    'roles to assume, one of each account to audit; default: the account of the credentials',
  ).argParser((text: string, before: string[] = []) => [...new Set([...before, ...listOf(text).map(roleArn)])]);

/** `--role-arn` of commands that read one account. */
export const role = (): Option =>
  new Option('--role-arn <arn>', 'role to assume; default: none').argParser((text) => roleArn(text));

export const externalId = (): Option =>
  new Option('--external-id <id>', 'external id that the trust policy of the role wants');

/** `--context`: where kubectl is, in place of `--cluster`, `--region` and `--profile`. */
export const context = (): Option =>
  new Option(
    '--context [name]',
    'cluster, Region and profile of this kubectl context; without a name, of the current one',
  );

export const profile = (): Option => new Option('-p, --profile <profile>', 'profile of the shared AWS configuration');

/** `--probe failing-only`; without it healthy targets get single probes where clients depend on the answer. */
export const probe = () =>
  new Option('--probe <targets>', 'send packets to failing targets only').choices(['failing-only'] as const);

/** `--metrics`: what is read from CloudWatch, which has a price (docs/cost.md). */
export const metrics = (): Option =>
  new Option('--metrics <groups>', 'read CloudWatch metrics of the last hours').choices(metricsWanted).default('off');

/** `--changes`: whether CloudTrail is read; it costs nothing, and has a low rate. */
export const changes = (): Option =>
  new Option('--changes <groups>', 'read from CloudTrail what changed, and who did it')
    .choices(forFindings)
    .default('off');

/** `--flow-logs`: whether flow logs of the VPC are read about targets that give no answer. */
export const flowLogs = (): Option =>
  new Option('--flow-logs <groups>', 'read from VPC flow logs where health checks without an answer end')
    .choices(forFindings)
    .default('off');

export const callsPerSecond = (): Option =>
  new Option('--calls-per-second <number>', 'maximum ELB API calls per second').argParser(positive).default(5);

export const namespaces = (): Option => new Option('-n, --namespace <name...>', 'only these namespaces');

export const services = (): Option => new Option('-s, --service <name...>', 'only these Services');

export const everyNamespace = (): Option =>
  new Option('-A, --all-namespaces', 'all namespaces, as without -n').conflicts('namespace');

export const check = (): Option =>
  new Option('--check <id...>', 'only what these checks found').argParser((id: string, before: string[] = []) => {
    if (!catalogue.some((each) => each.id === id)) throw noCheck(id);
    return [...before, id];
  });

export const severity = (): Option =>
  new Option('--severity <severity>', 'only this severity and worse').choices(severities);

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `30s`, `10m`, `1h`, `2d`, or seconds without a unit, up to ten years; answers in milliseconds. */
export const duration = (text: string): number => durationUpTo(3650, text);

/** The same for what is waited for: timers of Node.js hold 2³¹ milliseconds. */
export const pauseLength = (text: string): number => durationUpTo(24, text);

function durationUpTo(days: number, text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text) ?? [];
  const milliseconds = Number(number) * (units[unit] ?? 0);
  if (milliseconds > days * 86_400_000) throw new InvalidArgumentError(`give a time of at most ${days}d.`);
  if (milliseconds > 0) return milliseconds;
  throw new InvalidArgumentError('give a time, for example 30s, 10m or 1h.');
}

/** A name that a table can have (CreateTable: 3 to 255 of these characters), or the ARN of one. */
export function tableName(text: string): string {
  if (/^([\w.-]{3,255}|arn:aws[\w-]*:dynamodb:[\w-]+:\d{12}:table\/[\w.-]{3,255})$/.test(text)) return text;
  throw new InvalidArgumentError('give the name of a table, which is the output TableName of the stack.');
}

/** Reads two octets of loopback addresses, `127.21`. */
export function network(text: string): string {
  const [, octet] = /^127\.(\d{1,3})$/.exec(text) ?? [];
  if (octet !== undefined && Number(octet) > 0 && Number(octet) < 256) return text;
  throw new InvalidArgumentError('give two octets of loopback addresses, for example 127.21.');
}

const listOf = (text: string): string[] => text.split(',').map((part) => part.trim());

function oneRegion(text: string): string {
  if (/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text)) return text;
  throw new InvalidArgumentError(
    text.includes(',')
      ? 'name one Region: only `audit` takes several.'
      : `"${text}" is no name of a Region: give one such as eu-west-1.`,
  );
}

function roleArn(text: string): string {
  if (/^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/.test(text)) return text;
  throw new InvalidArgumentError('give ARNs of roles, for example arn:aws:iam::111122223333:role/nlb-auditor.');
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('give a number above 0, for example 5.');
}
