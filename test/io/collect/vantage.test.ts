import { expect, test } from 'vitest';
import type { NetworkInterface } from '../../../core/model/aws.ts';
import { vantageOf } from '../../../io/collect/vantage.ts';

const eni = (fields: Partial<NetworkInterface>): NetworkInterface => ({
  id: 'eni-1',
  description: '',
  interfaceType: 'interface',
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  zone: 'eu-west-1a',
  status: 'in-use',
  securityGroups: ['sg-1'],
  privateIps: ['10.0.0.5'],
  ipv6Addresses: [],
  ...fields,
});

test('an address of this machine on a network interface of the VPC places it there', () => {
  const interfaces = [eni({}), eni({ id: 'eni-2', subnetId: 'subnet-2', privateIps: ['10.0.1.7', '10.0.1.8'] })];
  expect(vantageOf(['127.0.0.1', '10.0.1.8'], interfaces)).toEqual({
    kind: 'vpc',
    vpcId: 'vpc-1',
    subnetIds: ['subnet-2'],
    securityGroupIds: ['sg-1'],
  });
});

test('a machine that no network interface belongs to is outside', () => {
  expect(vantageOf(['127.0.0.1', '192.168.1.5'], [eni({})])).toMatchObject({ kind: 'outside' });
});

test('an address that two VPCs use places it nowhere', () => {
  const vantage = vantageOf(['10.0.0.5'], [eni({}), eni({ id: 'eni-2', vpcId: 'vpc-2' })]);
  expect(vantage).toEqual({ kind: 'outside', note: expect.stringContaining('vpc-1, vpc-2') });
});
