/**
 * Runs the commands of the README in a fresh clone of the last commit, as a user without privileges and without caches,
 * with nothing on PATH but Node.js, npm, git and a shell; prints how long each takes. What they share is run once, and of
 * the tests only those that depend on the machine most: all of them have just run in this checkout.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programsOf } from './machine-programs.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(repository, 'README.md'), 'utf8');
const steps = new Set([...readme.matchAll(/^npm ci && npm .+$/gm)].flatMap(([command]) => command.split(' && ')));
/** Start programs of this repository, open sockets, bundle and synthesize. */
const smoke = ['test/bin/exit', 'test/checks/pod-crashloop', 'test/lab/wire/lab.test', 'test/lib/app', 'test/scripts'];
const narrowed = (step: string): string => (step === 'npm test' ? `npm test -- ${smoke.join(' ')}` : step);
/** The ways to the registry that this machine is given. */
const kept = /^(https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file|ssl_cert_dir)$/i;
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

const folder = mkdtempSync(join(tmpdir(), 'fresh-machine-'));
try {
  chmodSync(folder, 0o755);
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  for (const [name, path] of Object.entries(programsOf())) symlinkSync(path, join(programs, name));
  const checkout = join(folder, 'checkout');
  must('git', ['clone', '--quiet', repository, checkout]);
  for (const name of ['home', 'tmp']) mkdirSync(join(folder, name));
  if (isRoot) must('chown', ['-R', `${nobody}:${nobody}`, checkout, join(folder, 'home'), join(folder, 'tmp')]);
  for (const step of ['npm ci', 'npm run demo', 'npm test']) {
    if (!steps.has(step)) throw new Error(`README.md has no command that begins with npm ci and holds ${step}`);
  }
  for (const step of steps) attempt(narrowed(step), { programs, checkout });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function attempt(command: string, { programs, checkout }: { programs: string; checkout: string }): void {
  const started = performance.now();
  const { status } = spawnSync('sh', ['-c', command], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: programs,
      HOME: join(folder, 'home'),
      TMPDIR: join(folder, 'tmp'),
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name))),
    },
    ...(isRoot && { uid: nobody, gid: nobody }),
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${command}  ${seconds} s`);
  if (status !== 0) process.exitCode = 1;
}

function must(program: string, args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}
