/** The product against a lab account: synthesized, audited by hand and on schedule, then once more after some changes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import type { Report } from '../core/model/report.ts';
import { styles } from '../core/render/text/style.ts';
import { demoLater, demoWorld } from '../lab/demo.ts';
import type { Delivery, Lab } from '../lab/lab.ts';
import { startLab } from '../lab/start.ts';
import { interfaceClient } from '../lab/wire/function/interface-client.ts';
import { type LambdaFunction, lambdaFunction } from '../lab/wire/function/lambda.ts';
import type { World } from '../lab/world/world.ts';
import { builtInterfaceClient } from './conformance/interface-client.ts';
import { type DeployedFunction, deploy } from './demo/deployment.ts';
import { pasteFix } from './demo/paste-fix.ts';
import { headlineOf, showSlack, showSns } from './demo/show-message.ts';

const { bold, dim } = styles(process.stdout.isTTY === true && !process.env['NO_COLOR']);
const began = performance.now();
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const chapter = (title: string): void => console.log(`\n${bold(`▍ ${title}`)}\n`);
const table = 'eks-nlb-auditor';
const client = builtInterfaceClient();
const clock = (): string => new Date().toISOString();

chapter('A lab account with two clusters, on loopback; the stack is synthesized for its VPC');
const world = demoWorld({ now: new Date().toISOString() });
const synthesizing = performance.now();
const [{ lab, probing }, deployment] = await Promise.all([open(world), deploy(world, table)]);
const { auditor, notifier } = deployment;
console.log(
  `lab: ${world.clusters.length} clusters, ${world.loadBalancers.length} load balancers, ${world.targetHealth.length} targets`,
);
console.log(
  `stack: auditor ${size(auditor)}, notifier ${size(notifier)}${client ? `, run by aws-lambda-ric ${client.version}` : ''}  ${dim(seconds(synthesizing))}`,
);

const audit = lambda(auditor, 'auditor');
const notify = lambda(notifier, 'notifier');
const notifications: Promise<unknown>[] = [];
lab.onStream((event) => notifications.push(notify.invoke(event)));

try {
  chapter('A person asks: nlb-auditor audit --calls-per-second 10');
  await run(['audit', '--calls-per-second', '10', ...(probing ? [] : ['--no-probe'])]);

  chapter('The scheduler invokes the function in the VPC; what it finds goes to the table, and from there to people');
  show(await scheduledRun());

  chapter('Half an hour later: two faults are fixed, there is a new one; the function runs again');
  await lab.apply(demoLater(lab.world, new Date().toISOString()));
  show(await scheduledRun());
  console.log(dim('\nEverything else is as it was, and nobody is told twice.'));

  chapter('A person pastes the fix of catalog/prices and waits for it to work: nlb-auditor gate');
  const prices = lastReport().diagnoses.find(({ service }) => service === 'prices');
  if (prices === undefined) throw new Error('nothing was found about catalog/prices');
  if (await pasteFix(lab, prices)) {
    const place = ['--cluster', 'shop', '--namespace', 'catalog', '--service', 'prices'];
    await run(['gate', ...place, '--calls-per-second', '20', ...(probing ? [] : ['--no-probe'])]);
  } else console.log(dim('kubectl is not installed here, so the fix is not pasted.'));

  chapter(`Done in ${seconds(began)}. What to try next`);
  console.log(`npm run cli -- lab                                 serve this account to your own AWS CLI, kubectl and nlb-auditor
npm run cli -- explain kube-proxy-node-name-mismatch   read about one cause
npm run cli -- audit --region eu-west-1                audit your own account with your own credentials
README.md, "Deploy"                                    put it into a VPC`);
} finally {
  await Promise.all([audit.close(), notify.close()]);
  await lab.close();
  deployment.remove();
}

/** Runs the command line on the lab to its end. */
async function run(args: string[]): Promise<void> {
  const env = { ...process.env, ...lab.env };
  const child = spawn(process.execPath, ['bin/nlb-auditor.ts', ...args], {
    stdio: ['ignore', 'inherit', 'ignore'],
    env,
  });
  await once(child, 'exit');
}

/** The report that the function left in the bucket last. */
function lastReport(): Report {
  const stored = [...lab.objects].filter(([name]) => name.includes('.json')).at(-1)?.[1];
  if (stored === undefined) throw new Error('the bucket has no report');
  const { body, contentEncoding } = stored;
  return JSON.parse((contentEncoding === 'gzip' ? gunzipSync(body) : body).toString()) as Report;
}

/** Starts the lab; where this machine can't bind its addresses, without targets. */
async function open(of: World): Promise<{ lab: Lab; probing: boolean }> {
  try {
    return { lab: await startLab(of, { table, clock }), probing: true };
  } catch (error) {
    console.log(`${error instanceof Error ? error.message : error}\nThe demo goes on without probes.`);
    return { lab: await startLab(of, { table, clock, sockets: false }), probing: false };
  }
}

function lambda({ bundle, memoryMb, timeoutMs, settings }: DeployedFunction, name: string): LambdaFunction {
  const given = probing ? settings : JSON.stringify({ ...JSON.parse(settings), probe: false });
  const env = { ...lab.env, AUDITOR_SETTINGS: given, AWS_LAMBDA_FUNCTION_NAME: name };
  const start = client && { start: interfaceClient(client.entry) };
  return lambdaFunction({ bundle, handler: 'handler', memoryMb, timeoutMs, env, ...start });
}

/** Invokes the auditor as the scheduler would and waits for the notifier; what was delivered. */
async function scheduledRun(): Promise<Delivery[]> {
  const before = lab.deliveries.length;
  const started = performance.now();
  const invocation = await audit.invoke({ time: new Date().toISOString() });
  if ('error' in invocation) throw new Error(`the auditor failed: ${JSON.stringify(invocation.error)}\n${audit.logs}`);
  await Promise.all(notifications);
  console.log(`${JSON.stringify(invocation.value)}\n${dim(seconds(started))}`);
  return lab.deliveries.slice(before);
}

/** The first message of each channel in full, the others as a line. */
function show(deliveries: Delivery[]): void {
  const slack = deliveries.filter(({ channel }) => channel === 'slack');
  const sns = deliveries.filter(({ channel }) => channel === 'sns');
  const [slackFirst, ...slackRest] = slack;
  const [snsFirst] = sns;
  if (slackFirst !== undefined)
    console.log(`\n${bold('Slack')}, ${slack.length} messages, the first:\n${showSlack(slackFirst)}`);
  for (const delivery of slackRest) console.log(`   ${headlineOf(delivery)}`);
  if (snsFirst !== undefined)
    console.log(`\n${bold('E-mail by SNS')}, ${sns.length} messages, the first:\n${showSns(snsFirst)}`);
}

function size({ bytes }: DeployedFunction): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
