import { awsActions } from '../../config/permissions.ts';
import type { RecordedCall } from '../../lab/lab.ts';
import type { Template } from '../../scripts/demo/deployment.ts';
import { type Place, resolved } from './role-policies.ts';

/** What a role is asked for. */
export interface Request {
  action: string;
  resource: string;
  /** Condition keys that the service sets. */
  context: Record<string, string | string[]>;
}

/** A stack as it would be in an account. */
export interface Deployed {
  template: Template;
  place: Place;
}

/** What a function of this stack would ask for with these calls, each action with each resource once. */
export function requestsOf(recorded: RecordedCall[], deployed: Deployed): Request[] {
  const { topicArn, eventBusArn, secrets, signingSecret } = settingsOf(deployed);
  const { account, region } = deployed.place;
  const auditorRole = auditorRoleOf(deployed.template);
  const readsOfThePast = readsOfThePastIn(deployed);
  const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;
  const entryOf = (cluster: unknown): string =>
    arn('eks', `access-entry/${cluster}/role/${account}/${auditorRole}/6ec2b1d0-3f4a-4e57-9b88-0d7a1c5e9f23`);

  const requests = recorded
    .filter(isConfigured)
    // Where no secret is named the notifier asks for none.
    .filter(({ service, parameters }) => service !== 'secretsmanager' || secretOf(parameters) !== undefined)
    .map((call) => ({
      action: permissionOf(call),
      resource: resourceOf(call),
      context: contextOf(call),
    }));
  return [...new Map(requests.map((request) => [`${request.action} ${request.resource}`, request])).values()];

  /** Of what only some configurations read of the past the others ask nothing. */
  function isConfigured(call: RecordedCall): boolean {
    const setting = awsActions.find(
      ({ action, function: user }) => user === 'auditor' && action === permissionOf(call),
    );
    return setting?.onlyWith === undefined || readsOfThePast[setting.onlyWith] === true;
  }

  function resourceOf({ service, action, parameters }: RecordedCall): string {
    const { clusterName } = parameters;
    if (service === 'dynamodb') return arn('dynamodb', `table/${tableOf(parameters)}`);
    if (service === 'sns') return topicArn ?? '';
    if (service === 'events') return eventBusArn ?? '';
    if (action === 'ListObjectsV2') return `arn:aws:s3:::${parameters['Bucket']}`;
    if (service === 's3') return `arn:aws:s3:::${parameters['Bucket']}/${parameters['Key']}`;
    if (service === 'logs') return arn('logs', `log-group:${parameters['logGroupName']}`);
    if (service === 'secretsmanager') return arn('secretsmanager', `secret:${secretOf(parameters)}-a1B2c3`);
    if (service === 'lambda') return arn('lambda', `function:${auditorFunctionOf(deployed.template)}`);
    if (action === 'DescribeCluster') return arn('eks', `cluster/${parameters['name']}`);
    if (action === 'CreateAccessEntry') return arn('eks', `cluster/${clusterName}`);
    if (action === 'ListCapabilities') return arn('eks', `cluster/${clusterName}`);
    if (action === 'DescribeAddon') {
      return arn('eks', `addon/${clusterName}/${parameters['addonName']}/8ec2b1d0-3f4a-4e57-9b88-0d7a1c5e9f23`);
    }
    if (clusterName !== undefined) return entryOf(clusterName);
    if (action === 'GetManagedPrefixListEntries') return arn('ec2', `prefix-list/${parameters['PrefixListId']}`);
    return '*';
  }

  /** A batch names its table as a key. */
  function tableOf({ TableName, RequestItems }: Record<string, unknown>): unknown {
    return TableName ?? Object.keys(RequestItems ?? {})[0];
  }

  function secretOf({ SecretId }: Record<string, unknown>): string | undefined {
    return String(SecretId).includes('signing') ? signingSecret : secrets[0];
  }

  function contextOf({ action, parameters }: RecordedCall): Request['context'] {
    const principal = { 'eks:principalArn': `arn:aws:iam::${account}:role/${auditorRole}` };
    if (action === 'CreateAccessEntry') {
      const { type, kubernetesGroups } = parameters;
      return {
        ...principal,
        'eks:accessEntryType': String(type),
        'eks:kubernetesGroups': (kubernetesGroups as string[]).map(String),
      };
    }
    if (action !== 'AssociateAccessPolicy') return {};
    const { policyArn, accessScope } = parameters;
    const scope = (accessScope as { type: string }).type;
    return { ...principal, 'eks:policyArn': String(policyArn), 'eks:accessScope': scope };
  }
}

/** Names that a call has in IAM, where they are others. */
const inIam: Record<string, string> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'monitoring:GetMetricData': 'cloudwatch:GetMetricData',
  's3:ListObjectsV2': 's3:ListBucket',
};

const permissionOf = ({ service, action }: RecordedCall): string =>
  inIam[`${service}:${action}`] ?? `${service}:${action}`;

/** What EventBridge Scheduler asks for: it invokes each target, and sends what fails to the dead letters. */
export function schedulerRequests({ template, place }: Deployed): Request[] {
  return Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Scheduler::Schedule')
    .flatMap(({ Properties: { Target } }) => {
      const { Arn, DeadLetterConfig } = resolved(template, Target, place) as Record<string, string> & {
        DeadLetterConfig: { Arn: string };
      };
      return [
        { action: 'lambda:InvokeFunction', resource: Arn ?? '', context: {} },
        { action: 'sqs:SendMessage', resource: DeadLetterConfig.Arn, context: {} },
      ];
    });
}

function auditorRoleOf({ Resources }: Template): string {
  const found = Object.keys(Resources).find((id) => Resources[id]?.Type === 'AWS::IAM::Role' && /AuditorRole/.test(id));
  if (found === undefined) throw new Error('the template has no role of the auditor');
  return found;
}

function auditorFunctionOf({ Resources }: Template): string {
  const found = Object.keys(Resources).find((id) => Resources[id]?.Properties.VpcConfig !== undefined);
  if (found === undefined) throw new Error('the template has no auditor');
  return found;
}

interface Told {
  topicArn?: string;
  eventBusArn?: string;
  secrets: string[];
  signingSecret: string | undefined;
}

/** What the notifier is told. */
function settingsOf({ template, place }: Deployed): Told {
  const notifier = Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.includes('Notifier'),
  );
  if (notifier === undefined) throw new Error('the template has no notifier');
  const text = resolved(template, notifier[1].Properties.Environment.Variables.AUDITOR_SETTINGS, place);
  const { slackWebhookSecret, channels = [], buttons, ...told } = JSON.parse(String(text));
  const secrets = [slackWebhookSecret, ...channels.map(({ to }: { to: { secret?: string } }) => to.secret)];
  return { ...told, secrets: secrets.filter(Boolean), signingSecret: buttons?.signingSecret };
}

/** Which reads of the past the auditors are configured for. */
function readsOfThePastIn({ template, place }: Deployed): Record<string, boolean> {
  const auditor = Object.values(template.Resources).find(({ Properties }) => Properties?.VpcConfig !== undefined);
  const text = resolved(template, auditor?.Properties.Environment.Variables.AUDITOR_SETTINGS, place);
  const settings: Record<string, unknown> = JSON.parse(String(text));
  const wanted = (name: string): boolean => (settings[name] ?? 'off') !== 'off';
  return { metrics: wanted('metrics'), changes: wanted('changes'), flowLogs: wanted('flowLogs') };
}
