import { expect, test } from 'vitest';
import { pages } from '../../../io/aws/pages.ts';
import { refusalOf } from '../../../io/aws/refusal.ts';
import { listTargetGroups } from '../../../io/survey/target-groups.ts';
import { clientsOf } from './fake-aws.ts';

const { signal } = new AbortController();

const group = (name: string) =>
  `<member><TargetGroupArn>arn:${name}</TargetGroupArn><TargetType>ip</TargetType></member>`;
const answer = (groups: string, marker?: string) =>
  `<DescribeTargetGroupsResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><DescribeTargetGroupsResult><TargetGroups>${groups}</TargetGroups>${marker === undefined ? '' : `<NextMarker>${marker}</NextMarker>`}</DescribeTargetGroupsResult></DescribeTargetGroupsResponse>`;

async function listing(markerOf: (request: number) => string | undefined) {
  let requests = 0;
  const clients = await clientsOf((_request, response) => {
    requests += 1;
    response.end(answer(group(String(requests)), markerOf(requests)));
  });
  const outcome = await listTargetGroups(clients.elbv2).catch((error: unknown) => refusalOf(error, signal));
  return { outcome, requests: () => requests };
}

test('pages are read to their end', async () => {
  const { outcome } = await listing((request) => (request < 3 ? `page-${request}` : undefined));
  expect(outcome).toMatchObject([{ arn: 'arn:1' }, { arn: 'arn:2' }, { arn: 'arn:3' }]);
});

test.each<[string, (request: number) => string]>([
  ['the same token twice', () => 'again'],
  ['tokens that take turns', (request) => `page-${request % 2}`],
])('%s is a gap, neither endless nor the whole list', async (_name, markerOf) => {
  const { outcome, requests } = await listing(markerOf);
  expect(outcome).toEqual({ reason: 'invalid', message: 'AWS gave the same pagination token twice' });
  expect(requests()).toBeLessThanOrEqual(3);
});

test('new tokens without end are stopped', async () => {
  async function* endless() {
    for (let page = 0; ; page += 1) yield { NextToken: String(page) };
  }
  let read = 0;
  const reading = async () => {
    for await (const _ of pages(endless())) read += 1;
  };
  await expect(reading()).rejects.toThrow('the list has no end: 2000 pages');
  expect(read).toBe(2001);
});
