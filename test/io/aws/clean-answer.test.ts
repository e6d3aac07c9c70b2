import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { clientsOf } from './fake-aws.ts';

const tag = (key: string, value: string) => `<item><key>${key}</key><value>${value}</value></item>`;

test('what people wrote into an answer of AWS is clean, and ids and tokens of pages stay', async () => {
  const id = `vpc-${'0'.repeat(17)}`;
  const token = `eyJ2IjoiMiIsImMiOiJ${'aB3'.repeat(40)}`;
  const clients = await clientsOf((_request, response) => {
    response.setHeader('content-type', 'text/xml');
    response.end(
      `<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><nextToken>${token}</nextToken><vpcSet><item>
        <vpcId>${id}</vpcId><cidrBlock>10.0.0.0/16\u202e</cidrBlock>
        <tagSet>${tag('Name', 'shop\u200b')}${tag('db-password', 'hunter2')}${tag('note', 'use password=hunter2-x')}${tag('long', 'x'.repeat(20_000))}</tagSet>
      </item></vpcSet></DescribeVpcsResponse>`,
    );
  });
  const { Vpcs, NextToken } = await clients.ec2.send(new DescribeVpcsCommand({}));
  expect(NextToken).toBe(token);
  expect(Vpcs).toEqual([
    {
      VpcId: id,
      CidrBlock: '10.0.0.0/16\uFFFD',
      Tags: [
        { Key: 'Name', Value: 'shop\uFFFD' },
        { Key: 'db-password', Value: '[redacted]' },
        { Key: 'note', Value: 'use password=[redacted]' },
        { Key: 'long', Value: `${'x'.repeat(16_384)}… (3616 characters cut)` },
      ],
    },
  ]);
});
