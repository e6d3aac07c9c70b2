import { expect, test } from 'vitest';
import { UserError } from '../../../config/user-error.ts';
import { connect } from '../../../io/aws/clients.ts';
import { signIn } from '../../../io/aws/sign-in.ts';
import { clientsOf } from './fake-aws.ts';

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
