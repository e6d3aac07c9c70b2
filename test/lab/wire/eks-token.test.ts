import { describe, expect, test } from 'vitest';
import { accessKey } from '../../../lab/wire/aws/credential.ts';
import { tokenFault } from '../../../lab/wire/kubernetes/eks-token.ts';
import { eksToken } from './eks-token.ts';

const authority = { cluster: 'shop', accessKey, origins: ['https://sts.eu-west-1.amazonaws.com'] };
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe('an EKS token', () => {
  test('is taken as the signature library makes it, for 15 minutes', async () => {
    expect(tokenFault(await eksToken({ cluster: 'shop' }), authority)).toBeUndefined();
    expect(tokenFault(await eksToken({ cluster: 'shop', signingDate: minutesAgo(14) }), authority)).toBeUndefined();
    const old = await eksToken({ cluster: 'shop', signingDate: minutesAgo(16) });
    expect(tokenFault(old, authority)).toMatch('expired');
  });

  test.for([
    ['of another cluster', { cluster: 'payments' }, 'does not match'],
    ['of another secret key', { cluster: 'shop', secret: 'other' }, 'does not match'],
    ['for another service', { cluster: 'shop', service: 's3' }, 'correct service'],
    ['for another host', { cluster: 'shop', host: 'sts.example.com' }, 'unexpected hostname'],
    ['that does not sign the cluster', { cluster: 'shop', signHeader: false }, 'did not sign the x-k8s-aws-id header'],
    ['with a parameter more', { cluster: 'shop', query: { Extra: '1' } }, 'non-whitelisted query parameter "Extra"'],
    ['with a parameter twice', { cluster: 'shop', query: { action: 'GetCallerIdentity' } }, 'multiple values'],
    ['for another action', { cluster: 'shop', query: { Action: 'GetSessionToken' } }, 'unexpected action'],
    ['that would live too long', { cluster: 'shop', expiresIn: 901 }, 'X-Amz-Expires'],
  ] as const)('%s is refused', async ([, request, fault]) => {
    expect(tokenFault(await eksToken(request), authority)).toMatch(fault);
  });

  test('is refused without prefix, with padding, with a path, or when it is no URL', async () => {
    const token = await eksToken({ cluster: 'shop' });
    const wrap = (text: string) => `k8s-aws-v1.${Buffer.from(text).toString('base64url')}`;
    expect(tokenFault(token.slice('k8s-aws-v1.'.length), authority)).toMatch('prefix');
    expect(tokenFault(`${token}=`, authority)).toMatch('padding');
    expect(tokenFault(wrap('no url'), authority)).toMatch('no URL');
    expect(tokenFault(wrap('https://sts.eu-west-1.amazonaws.com/x?Action=GetCallerIdentity'), authority)).toMatch(
      'path',
    );
    expect(tokenFault(`k8s-aws-v1.${'a'.repeat(5000)}`, authority)).toMatch('too large');
  });
});
