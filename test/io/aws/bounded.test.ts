import { expect, test } from 'vitest';
import { refusalOf } from '../../../io/aws/refusal.ts';
import { listTargetGroups } from '../../../io/survey/target-groups.ts';
import { clientsOf } from './fake-aws.ts';

test('an answer without end is read up to a bound', async () => {
  let sent = 0;
  const megabyte = Buffer.alloc(2 ** 20, ' ');
  const clients = await clientsOf((_request, response) => {
    const pour = (): void => {
      while (!response.destroyed && sent < 2000) {
        sent += 1;
        if (!response.write(megabyte)) return void response.once('drain', pour);
      }
    };
    pour();
  });
  const error = await listTargetGroups(clients.elbv2).catch((reason: unknown) => reason);
  expect(refusalOf(error, new AbortController().signal)).toMatchObject({ reason: 'invalid' });
  expect(sent).toBeLessThan(300);
});
