import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { program } from './bundled-program.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'slips-'));
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const cutKubeconfig = file('kubeconfig', 'contexts: [');
const directory = join(folder, 'taken');
mkdirSync(directory);
const gate = ['gate', '-c', 'shop', '-n', 'orders', '-s', 'checkout'];
const findings = ['--table', 'eks-nlb-auditor'];
/** Nothing listens there: what gets as far as AWS fails otherwise. */
const env = {
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'x',
};

describe('an empty value is refused, whichever option or argument has it', () => {
  test.each([
    ['a cluster', ['audit', '--cluster', '']],
    ['a namespace', ['audit', '-n', '']],
    ['a Service among others', ['audit', '-s', 'checkout', '']],
    ['a profile', ['audit', '--profile', '']],
    ['a function', ['audit', '--via-lambda', '']],
    ['a file', ['audit', '--out', '']],
    ['facts', ['audit', '--save-facts', '']],
    ['a configuration', ['audit', '--config', ' ']],
    ['a context', ['audit', '--context', '']],
    ['a name of gate', ['gate', '-c', 'shop', '-n', 'orders', '-s', '']],
    ['a key', ['collect', join(folder, 'facts.json'), '--redact-key', '']],
    ['a pattern', ['mute', 'add', '', '--reason', 'r', '--for', '8h', ...findings]],
    ['a reason', ['mute', 'add', 'x', '--reason', '', '--for', '8h', ...findings]],
    ['an id', ['explain', '']],
  ])('%s', async (_, args) => {
    const { code, stdout, stderr } = await runCli(args, env);
    expect(stderr).toMatch(/^nlb-auditor: .* has an empty value; give it one, or leave it out\./);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('a value that cannot be is refused with what can', () => {
  test.each([
    ['a table', ['history', '--table', 'bad table!'], /give the name of a table, which is the output TableName/],
    ['a table of an agent', ['mcp', '--table', '??'], /give the name of a table/],
    [
      'a mute for longer than there are dates',
      ['mute', 'add', 'x', '--reason', 'r', '--for', '99999999999d', ...findings],
      /at most 3650d/,
    ],
    ['a pause that no timer holds', ['audit', '--watch', '25d'], /give a time of at most 24d/],
    ['a pause of gate that no timer holds', [...gate, '--interval', '25d'], /give a time of at most 24d/],
    ['calls without end', ['audit', '--calls-per-second', '1e400'], /give a number above 0/],
    ['a folder for a report', ['audit', '--out', directory], /could not be written to .*taken: it is a folder/],
    ['facts that are compressed', ['examine', file('facts.gz', gzipSync('{}'))], /as a facts file: it is compressed/],
    ['facts in UTF-16', ['examine', file('utf16.json', Buffer.from('{}', 'utf16le'))], /it is not encoded as UTF-8/],
    [
      'no facts at all',
      ['examine', file('shadow', 'root:$6$secret')],
      /shadow could not be read as a facts file: it is not JSON; write/,
    ],
    [
      'a Region of two words',
      ['audit', '--region', 'eu west'],
      /invalid\. "eu west" is no name of a Region: give one such as eu-west-1/,
    ],
    [
      'an option of another command',
      ['audit', '--timeout', '3'],
      /unknown option '--timeout'; `nlb-auditor audit --help` shows what there is/,
    ],
    [
      'a scenario that is not there',
      ['lab', 'nope'],
      /^nlb-auditor: there is no scenario "nope"\.( Did you mean \S+)? `nlb-auditor lab --list` lists them all\.\n$/,
    ],
    [
      'a scenario with a slip',
      ['lab', 'pod-crashlop'],
      /there is no scenario "pod-crashlop"\. Did you mean pod-crashloop\? `nlb-auditor lab --list` lists them all\.\n$/,
    ],
    ['a folder for facts', ['collect', directory], /could not be written to .*taken: it is a folder/],
    [
      'a configuration that is cut off',
      ['audit', '--config', file('cut.json', '{"vpcs": [')],
      /cut\.json is not JSON .*correct its syntax/,
    ],
    ['an empty configuration', ['audit', '--config', file('empty.json', '')], /empty\.json is not JSON/],
    [
      'a configuration that is not there',
      ['audit', '--config', join(folder, 'gone.json')],
      /gone\.json cannot be read .*`--config FILE` of nlb-auditor/,
    ],
    ['a folder as a configuration', ['audit', '--config', directory], /taken cannot be read \(EISDIR/],
    [
      'facts that are no text',
      ['examine', file('bytes', Buffer.from([0xff, 0xfe, 0]))],
      /could not be read as a facts file/,
    ],
    ['a folder as facts', ['examine', directory], /could not be read as a facts file: EISDIR/],
    ['a folder as a history', ['simulate', '--history', directory], /could not be read as reports: EISDIR/],
  ] as const)('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await runCli([...args], env);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('what the environment says wrong is named', () => {
  test.each([
    [
      'a profile that is not there',
      { AWS_PROFILE: 'nosuch' },
      /there is no profile "nosuch" in the shared AWS configuration/,
    ],
    ['a Region that is none', { AWS_REGION: 'EU WEST' }, /there is no AWS Region .*region=.EU WEST/s],
    [
      'a configuration of kubectl that is cut off',
      { KUBECONFIG: cutKubeconfig },
      /kubeconfig could not be read as a configuration of kubectl \(.*\); correct it, or name another file in KUBECONFIG\.\n$/,
    ],
    ['an endpoint that is no URL', { AWS_ENDPOINT_URL: 'nowhere' }, /AWS_ENDPOINT_URL/],
  ])('%s', async (_, wrong, message) => {
    const { code, stderr } = await runCli(['audit', ...('KUBECONFIG' in wrong ? ['--context'] : [])], {
      ...env,
      ...wrong,
    });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });
});

test.runIf(process.platform === 'linux')('standard output that takes nothing is no cause found', () => {
  const { stderr, status } = spawnSync(
    '/bin/sh',
    ['-c', `"${process.execPath}" "${program}" checks -o json > /dev/full`],
    {
      encoding: 'utf8',
    },
  );
  expect(stderr).toMatch(/^nlb-auditor: standard output takes no more: .*ENOSPC/);
  expect(status).toBe(2);
});

test('whoever reads the first lines only ends it quietly', () => {
  const { stdout, stderr, status } = spawnSync(
    '/bin/sh',
    ['-c', `"${process.execPath}" "${program}" checks -o json | head -1`],
    {
      encoding: 'utf8',
    },
  );
  expect([stdout, stderr, status]).toEqual(['[\n', '', 0]);
});
