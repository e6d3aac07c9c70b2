import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar';
import { beforeAll, describe, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const bin = join(root, 'node_modules', '.bin');
const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}`, npm_config_offline: 'true' };

/** An application of somebody else that has the packed package and its dependencies installed. */
const app = mkdtempSync(join(tmpdir(), 'package-'));

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: root, env });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', app], { cwd: root, env });
  const [tarball = ''] = readdirSync(app).filter((name) => name.endsWith('.tgz'));
  const installed = join(app, 'node_modules', 'eks-nlb-auditor');
  mkdirSync(installed, { recursive: true });
  extract({ file: join(app, tarball), cwd: installed, strip: 1, sync: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    symlinkSync(join(root, 'node_modules', name), join(app, 'node_modules', name));
  }
  cpSync(join(root, 'examples'), app, { recursive: true });
  writeFileSync(join(app, 'package.json'), '{"type":"module"}');
  const options = { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: ['node'] };
  writeFileSync(
    join(app, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: ['library.ts', 'pipeline.ts'] }),
  );
});

test('the packed package holds no source of a function and none of its tests', () => {
  const installed = join(app, 'node_modules', 'eks-nlb-auditor');
  expect(readdirSync(installed).toSorted()).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'dist', 'docs', 'package.json']),
  );
  expect(['lib', 'lambda', 'test', 'lab'].filter((name) => existsSync(join(installed, name)))).toEqual([]);
});

test('its types fit the application, those of its own declarations too', () => {
  const { status, stdout } = spawnSync('tsc', ['-p', '.'], { cwd: app, env, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

test('the application synthesizes its auditor with the functions of the package', () => {
  const out = join(app, 'cdk.out');
  const { status, stderr } = spawnSync(process.execPath, ['library.ts'], {
    cwd: app,
    env: { ...env, CDK_OUTDIR: out },
    encoding: 'utf8',
  });
  expect(stderr).not.toMatch(/Error/);
  expect(status).toBe(0);

  const { Resources } = JSON.parse(readFileSync(join(out, 'platform.template.json'), 'utf8'));
  const functions = Object.values<{ Type: string; Properties: Record<string, unknown> }>(Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => Properties)
    .filter(({ Runtime }) => Runtime === 'nodejs24.x');
  expect(functions.map(({ Handler }) => Handler)).toEqual(expect.arrayContaining(['index.handler', 'index.handler']));
  const [auditor] = functions.filter(({ VpcConfig }) => VpcConfig !== undefined);
  expect(JSON.stringify(auditor?.['Environment'])).toContain('hc-thresholds-too-tight');
  const { S3Key = '' } = (auditor?.['Code'] ?? {}) as { S3Key?: string };
  expect(readdirSync(join(out, `asset.${S3Key.replace('.zip', '')}`))).toEqual(['index.mjs']);
});

test('a pipeline deploys the same stack to every account of an organization, the central one first', () => {
  const out = join(app, 'cdk.pipeline.out');
  const { status, stderr } = spawnSync(process.execPath, ['pipeline.ts'], {
    cwd: app,
    env: { ...env, CDK_OUTDIR: out },
    encoding: 'utf8',
  });
  expect({ status, stderr: stderr.match(/Error.*/g) }).toEqual({ status: 0, stderr: null });
  const stages = readdirSync(out).filter((name) => name.startsWith('assembly-'));
  expect(stages.toSorted()).toEqual(['assembly-organization-central', 'assembly-organization-member']);
  const { Resources } = JSON.parse(readFileSync(join(out, 'nlb-auditor-pipeline.template.json'), 'utf8'));
  const [pipeline] = Object.values<{ Type: string; Properties: { Stages: { Name: string }[] } }>(Resources).filter(
    ({ Type }) => Type === 'AWS::CodePipeline::Pipeline',
  );
  expect(pipeline?.Properties.Stages.map(({ Name }) => Name).slice(-2)).toEqual([
    'organization-central',
    'organization-member',
  ]);
});

test('a wrong option ends synthesis with the sentence that a configuration file gets', () => {
  const wrong = readFileSync(join(app, 'library.ts'), 'utf8').replace('rate(10 minutes)', 'every 10 minutes');
  writeFileSync(join(app, 'wrong.ts'), wrong);
  const { status, stderr } = spawnSync(process.execPath, ['wrong.ts'], { cwd: app, env, encoding: 'utf8' });
  expect(status).not.toBe(0);
  expect(stderr).toContain(
    'NlbAuditor platform/NlbAuditor: schedule is "every 10 minutes"; give `rate(5 minutes)` or another rate',
  );
});

describe('the command line of the package, from an empty folder', () => {
  const main = join(app, 'node_modules', 'eks-nlb-auditor', 'dist', 'nlb-auditor.js');
  const here = mkdtempSync(join(tmpdir(), 'empty-'));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, ...args], { cwd: here, env: { ...env, ...served }, encoding: 'utf8' });
  let served: Record<string, string> = {};

  test('lists and explains the causes', () => {
    expect(run('checks').stdout).toContain('pod-crashloop');
    expect(run('explain', 'pod-crashloop').stdout).toContain('# Containers behind the Service crash');
  });

  test('serves the lab, silent targets too, and audits it', async () => {
    const lab = spawn(process.execPath, [main, 'lab', 'nacl-blocks-health-check', '--network', '127.87'], {
      cwd: here,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const chunk of lab.stdout) {
      said += chunk;
      if (said.includes('AWS_PAGER')) break;
    }
    served = Object.fromEntries(
      [...said.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value.replace("''", '')]),
    );
    const { status, stdout } = run('audit', '--calls-per-second', '1000');
    lab.kill('SIGINT');
    expect(stdout).toContain('nacl-blocks-health-check, confirmed');
    expect(status).toBe(1);
  });
});
