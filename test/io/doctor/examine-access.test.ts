import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Vantage } from '../../../core/model/probe-result.ts';
import { collect } from '../../../io/collect/collect.ts';
import { examineAwsEndpoints } from '../../../io/doctor/aws-endpoints.ts';
import type { Examination } from '../../../io/doctor/examination.ts';
import { examineAccess } from '../../../io/doctor/examine-access.ts';
import { examineSecret } from '../../../io/doctor/secret.ts';
import { noPast } from '../../../io/history/with-past.ts';
import { survey } from '../../../io/survey/survey.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import type { FlowLog } from '../../../lab/world/past/flow-log.ts';
import type { World } from '../../../lab/world/world.ts';
import { labSession } from '../lab-session.ts';

const world = healthy.build();
const [lead] = world.clusters;
if (lead === undefined) throw new Error('the healthy world has no cluster');
const { prober } = world;
const vantage: Vantage = {
  kind: 'vpc',
  vpcId: prober.vpcId,
  subnetIds: [prober.subnetId],
  securityGroupIds: [prober.securityGroupId],
};

/** What is there and what is missing in this world, for an auditor that runs in its VPC. */
async function examinationsOf(given: World, past = noPast): Promise<Examination[]> {
  const { clients } = await labSession(given);
  const inventory = (await survey(clients, {})).inventory;
  const facts = await collect(inventory, clients, { vantage });
  const examinations = await examineAccess({ inventory, facts, clients, past });
  expect(examinations.length).toBeGreaterThan(10);
  return examinations;
}

const missingIn = async (given: World, past = noPast): Promise<Examination[]> =>
  (await examinationsOf(given, past)).filter(({ ok }) => !ok);

const withCluster = (change: object): World => ({ ...world, clusters: [{ ...lead, ...change }] });

test('in a sound account nothing is missing', async () => {
  expect(await missingIn(world)).toEqual([]);
});

test('a refused call is named with the permission', async () => {
  const refusals = [{ action: 'ec2:DescribeSubnets', error: 'AccessDenied' as const }];
  expect(await missingIn({ ...world, refusals })).toContainEqual({
    what: 'ec2:DescribeSubnets',
    ok: false,
    saw: expect.stringMatching(/^denied: /),
    mend: [expect.stringContaining('Grant ec2:DescribeSubnets')],
  });
});

const everything = { metrics: 'findings', changes: 'findings', flowLogs: 'findings' } as const;
const flowLog = (destination: FlowLog['destination']): FlowLog => ({
  id: `fl-${destination.kind}`,
  resourceId: prober.vpcId,
  traffic: 'ALL',
  destination,
});
const bucket = { kind: 'bucket', name: 'company-flow-logs' } as const;
const recorded: World = {
  ...world,
  past: { struckAt: world.now, calls: [] },
  flowLogs: [flowLog({ kind: 'log-group', name: '/vpc/flow-logs' }), flowLog(bucket)],
};
const readsOfThePast = [
  'cloudwatch:GetMetricData',
  'cloudtrail:LookupEvents',
  'ec2:DescribeFlowLogs',
  'logs:FilterLogEvents',
  's3:ListBucket',
];

test('what is configured to be read of the past is tried where nothing is wrong, and nothing of it otherwise', async () => {
  const tried = (await examinationsOf(recorded, everything)).filter(({ what }) => readsOfThePast.includes(what));
  expect(tried).toEqual(readsOfThePast.map((what) => ({ what, ok: true, saw: 'was answered', mend: [] })));
  expect((await examinationsOf(recorded)).filter(({ what }) => readsOfThePast.includes(what))).toEqual([]);
});

test.each(readsOfThePast)('%s that is refused is named with the permission', async (action) => {
  const missing = await missingIn({ ...recorded, refusals: [{ action, error: 'AccessDenied' }] }, everything);
  expect(missing).toEqual([
    expect.objectContaining({ what: action, mend: [expect.stringContaining(`Grant ${action}`)] }),
  ]);
});

test('a flow log that no permission makes readable is named', async () => {
  const missing = await missingIn({ ...recorded, flowLogs: [flowLog({ ...bucket, isParquet: true })] }, everything);
  expect(missing).toEqual([expect.objectContaining({ saw: expect.stringContaining('in the format Parquet') })]);
});

test('an API server that does not answer is named with the rule that admits the auditor', async () => {
  const id = lead.cluster.clusterSecurityGroupId;
  expect(id).toMatch(/^sg-/);
  expect(await missingIn(withCluster({ reachable: false }))).toEqual([
    {
      what: 'shop: connection to the API server',
      ok: false,
      saw: expect.stringContaining('does not answer (ECONNREFUSED)'),
      mend: [
        `auditor.config.json: give the VPC "clusterSecurityGroupIds": ["${id}"], or`,
        `aws ec2 authorize-security-group-ingress --group-id ${id} --protocol tcp --port 443 --source-group ${prober.securityGroupId}`,
      ],
    },
  ]);
});

test('a read that the cluster refuses is named with the command that grants it', async () => {
  expect(await missingIn(withCluster({ forbidden: ['list targetgroupbindings*'] }))).toEqual([
    {
      what: 'shop: list targetgroupbindings',
      ok: false,
      saw: expect.stringContaining('forbidden'),
      mend: ['aws eks update-kubeconfig --region eu-west-1 --name shop && kubectl apply -f docs/rbac.yaml'],
    },
  ]);
});

test('targets whose security group bars probes are named with the rule that admits them', async () => {
  const closed = world.securityGroups.map((group) => ({ ...group, rules: group.rules.filter(({ egress }) => egress) }));
  const missing = await missingIn({ ...world, securityGroups: closed });
  expect(missing.length).toBeGreaterThan(0);
  for (const { what, mend } of missing) {
    expect(what).toMatch(/^shop: way of probes to port \d+$/);
    expect(mend.join()).toMatch(
      new RegExp(
        `^aws ec2 authorize-security-group-ingress --group-id sg-\\w+ --protocol tcp --port \\d+ --source-group ${prober.securityGroupId}$`,
      ),
    );
  }
});

describe('the secret', () => {
  const name = 'eks-nlb-auditor/slack-webhook';
  const examine = async (given: World, asked = name): Promise<Examination> => {
    await labSession(given);
    const client = new SecretsManagerClient();
    onTestFinished(() => client.destroy());
    return examineSecret(client, { name: asked, kind: 'webhook' });
  };

  test('that holds a webhook is fine, and its value is not told', async () => {
    expect(await examine(world)).toEqual({
      what: `secret ${name}`,
      ok: true,
      saw: 'holds the URL of a webhook',
      mend: [],
    });
  });

  test('that holds something else is named with the command that stores a URL, not with its value', async () => {
    const examination = await examine({ ...world, secrets: { [name]: 'sesame' } });
    expect(examination).toMatchObject({ ok: false, saw: 'does not hold the URL of a webhook' });
    expect(examination.mend).toEqual([
      `aws secretsmanager put-secret-value --secret-id ${name} --secret-string VALUE  # the URL of a webhook`,
    ]);
    expect(JSON.stringify(examination)).not.toContain('sesame');
  });

  test('that does not exist is named with the command that makes it', async () => {
    expect(await examine(world, 'elsewhere')).toMatchObject({
      ok: false,
      mend: ['aws secretsmanager create-secret --name elsewhere --secret-string VALUE  # the URL of a webhook'],
    });
  });

  test('that may not be read is named with the permission', async () => {
    const refusals = [{ action: 'secretsmanager:GetSecretValue', error: 'AccessDenied' as const }];
    expect(await examine({ ...world, refusals })).toMatchObject({
      ok: false,
      mend: [expect.stringContaining('Grant secretsmanager:GetSecretValue')],
    });
  });
});

test('the way to the bucket of reports is examined where there is one', async () => {
  const { clients, lab } = await labSession(world);
  const port = new URL(lab.env['AWS_ENDPOINT_URL'] ?? '').port;
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('AWS_ENDPOINT_URL_S3', `http://127.0.0.2:${port}`);
  const ways = async (reportBucket: string | undefined) =>
    (await examineAwsEndpoints({ clients, vpcId: prober.vpcId, reportBucket })).map(({ what }) => what);
  expect(await ways('eks-nlb-auditor-reports')).toEqual([...(await ways(undefined)), `path to 127.0.0.2:${port}`]);
});

test('several APIs at one address, as in the lab, are one path', async () => {
  const paths = (await examinationsOf(world)).filter(({ what }) => what.startsWith('path to '));
  expect(paths).toMatchObject([{ what: expect.stringMatching(/^path to 127\.0\.0\.1:\d+$/), ok: true }]);
});
