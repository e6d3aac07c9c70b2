import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UserError } from '../../../config/user-error.ts';
import { connect } from '../../../io/aws/clients.ts';
import { principalOf } from '../../../io/aws/identity/principal.ts';
import { signIn } from '../../../io/aws/identity/sign-in.ts';
import { clientsOf } from './fake-aws.ts';

const configFile = join(mkdtempSync(join(tmpdir(), 'nlb-auditor-')), 'config');
writeFileSync(configFile, '[profile ops]\nregion = eu-west-1\n[sso-session corp]\nsso_region = eu-west-1\n');
afterEach(() => void vi.unstubAllEnvs());
beforeEach(() => {
  vi.stubEnv('AWS_CONFIG_FILE', configFile);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
});

const refusing = (code: string, message: string, status = 403) =>
  clientsOf((_request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  });

test.each([
  [
    'ExpiredToken',
    'The security token included in the request is expired',
    /have expired.*aws sso login --profile ops/,
  ],
  [
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
    /does not know these credentials, or eu-west-1 is not enabled.*aws sso login --profile ops/,
  ],
  [
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
    /refuses these credentials.*aws sso login --profile ops/,
  ],
  [
    'SignatureDoesNotMatch',
    'Signature expired: 20261129T010000Z is now earlier than 20261129T031500Z (20261129T033000Z - 15 min.)',
    /the clock of this machine is wrong.*set the clock/,
  ],
  ['RequestExpired', 'Request has expired.', /the clock of this machine is wrong/],
])('%s is set right by the caller: %s', async (code, message, words) => {
  const clients = await refusing(code, message);
  const error = await signIn(clients, { profile: 'ops' }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect((error as Error).message).toMatch(words);
});

test('a Region that does not exist is named', async () => {
  const signal = new AbortController().signal;
  for (const region of ['nowhere-east-1', 'eu west 1']) {
    const clients = connect({ callsPerSecond: 1, signal, region });
    clients.sts.config.credentials = async () => ({ accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'example' });
    clients.sts.config.requestHandler.handle = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    };
    await expect(signIn(clients, { region })).rejects.toThrow(`there is no AWS Region ${region}`);
    clients.close();
  }
});

test('an STS that cannot be reached or refuses this action alone proves nothing', async () => {
  await expect(signIn(await refusing('AccessDenied', 'no'), {})).resolves.toBeUndefined();
  await expect(signIn(await clientsOf((request) => request.socket.destroy()), {})).resolves.toBeUndefined();
});

test('an unknown profile is named, with those that there are', async () => {
  const clients = await clientsOf((_request, response) => response.end());
  vi.stubEnv('AWS_CONFIG_FILE', configFile);
  const error = await signIn(clients, { profile: 'opps' }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect((error as Error).message).toMatch(/no profile "opps" in the shared AWS configuration; there are ops\. /);
});

test.each([
  [302, { location: 'https://portal.example/login?token=abc' }, 'a redirect to portal.example'],
  [200, { 'content-type': 'text/html' }, 'a web page (HTTP 200)'],
  [403, { 'content-type': 'text/html; charset=utf-8' }, 'a web page (HTTP 403)'],
])('a captive portal that answers %i instead of AWS is reported as one', async (status, headers, words) => {
  const clients = await clientsOf((_request, response) => {
    response.writeHead(status, headers).end('<!doctype html><title>Welcome</title>');
  });
  const error = await signIn(clients, {}).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect((error as Error).message).toContain(`${words}: a captive portal or a proxy`);
  expect((error as Error).message).not.toContain('abc');
});

test.each([
  ['ERR_TLS_CERT_ALTNAME_INVALID', /certificate that answered is not one of AWS .*captive portal/],
  ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
  ['EAI_AGAIN', /no name server answers.*see that nowhere-east-1 is an AWS Region/],
])('%s ends before anything is read', async (code, words) => {
  const clients = connect({ callsPerSecond: 1, signal: new AbortController().signal, region: 'nowhere-east-1' });
  clients.sts.config.credentials = async () => ({ accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'example' });
  clients.sts.config.requestHandler.handle = async () => {
    throw Object.assign(new Error('refused'), { code });
  };
  await expect(signIn(clients, { region: 'nowhere-east-1' })).rejects.toThrow(words);
  clients.close();
});

test.each([
  ['arn:aws:sts::111122223333:assumed-role/oncall/ana', 'arn:aws:iam::111122223333:role/oncall'],
  ['arn:aws-cn:iam::111122223333:user/ana', 'arn:aws-cn:iam::111122223333:user/ana'],
  [
    'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ana@example.com',
    '"$(aws iam get-role --role-name AWSReservedSSO_Admin_0123456789abcdef --query Role.Arn --output text)"',
  ],
])('%s has an access entry as %s', (caller, principal) => {
  expect(principalOf(caller)).toBe(principal);
});
