import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
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

/** An application of somebody else that has the packed package installed, and what it declares as peers. */
const app = mkdtempSync(join(tmpdir(), 'package-'));
const installed = join(app, 'node_modules', 'eks-nlb-auditor');

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: root, env });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', app], { cwd: root, env });
  const [tarball = ''] = readdirSync(app).filter((name) => name.endsWith('.tgz'));
  mkdirSync(installed, { recursive: true });
  extract({ file: join(app, tarball), cwd: installed, strip: 1, sync: true });
  for (const name of ['aws-cdk-lib', 'constructs', '@types']) {
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

test('the packed package weighs at most 2 MB and asks for no other but the CDK of an application that has one', () => {
  const [tarball = ''] = readdirSync(app).filter((name) => name.endsWith('.tgz'));
  expect(statSync(join(app, tarball)).size).toBeLessThan(2_000_000);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('scripts.prepare');
  expect(Object.keys(manifest.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  expect(manifest.peerDependenciesMeta).toEqual({ 'aws-cdk-lib': { optional: true }, constructs: { optional: true } });
});

test('it carries the licence of every package that is bundled into it', () => {
  const text = readFileSync(join(installed, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const name of ['@aws-sdk/client-ec2', 'commander', 'dynalite', 'yaml', 'zod'])
    expect(text).toContain(`${name} `);
  expect(text).toContain('Permission is hereby granted');
});

test('an old Node.js gets one sentence, from the command line and from the construct', () => {
  const old = join(app, 'old-node.cjs');
  writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '18.20.8' });");
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--require', old, ...args], { cwd: app, env, encoding: 'utf8' });
  const sentence = 'eks-nlb-auditor: this is Node.js 18.20.8; install 22.19 or newer.\n';
  const program = run(join(installed, 'dist', 'nlb-auditor.cjs'), 'checks');
  expect(program).toMatchObject({ status: 2, stdout: '', stderr: sentence });
  const construct = run('-e', "require('eks-nlb-auditor')");
  expect(construct.stderr).toMatch(sentence);
  expect(construct.status).not.toBe(0);
});

test('modules of both kinds get the same classes', () => {
  const program = `
    import { createRequire } from 'node:module';
    import * as imported from 'eks-nlb-auditor';
    const required = createRequire(import.meta.url)('eks-nlb-auditor');
    console.log(Object.keys(required).filter((name) => imported[name] === required[name]).toSorted().join());`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: app,
    env,
    encoding: 'utf8',
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'NlbAuditor,NlbAuditorStack,loadConfig\n', stderr: '' });
});

test('the packed package holds no source of a function and none of its tests', () => {
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
  expect(functions.map(({ Handler }) => Handler).toSorted()).toEqual(['auditor.handler', 'notifier.handler']);
  const [auditor] = functions.filter(({ VpcConfig }) => VpcConfig !== undefined);
  expect(JSON.stringify(auditor?.['Environment'])).toContain('hc-thresholds-too-tight');

  for (const { Code, Handler } of functions) {
    const { S3Key } = Code as { S3Key: string };
    const [file, name] = String(Handler).split('.');
    const code = join(out, `asset.${S3Key.replace('.zip', '')}`);
    expect(readdirSync(code).filter((each) => !each.endsWith('.mjs'))).toEqual([]);
    // Alone in a folder, as Lambda has it.
    const loaded = spawnSync(
      process.execPath,
      ['-e', `import('${code}/${file}.mjs').then((module) => console.log(typeof module.${name}))`],
      { cwd: code, env: { ...env, AUDITOR_SETTINGS: '{}', AWS_REGION: 'eu-west-1' }, encoding: 'utf8' },
    );
    expect(loaded).toMatchObject({ stdout: 'function\n', stderr: '' });
  }
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
  const main = join(installed, 'dist', 'nlb-auditor.cjs');
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
