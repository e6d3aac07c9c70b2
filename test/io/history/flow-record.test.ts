import { expect, test } from 'vitest';
import { flowTally } from '../../../io/history/flow-logs/flow-record.ts';

const query = {
  networkInterfaceId: 'eni-0a',
  subnetId: 'subnet-0a',
  vpcId: 'vpc-0a',
  peers: ['10.0.1.5', '10.0.2.5'],
  ports: [31080],
};
const usual =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  );

function told(lines: string[], fields = usual) {
  const tally = flowTally(fields, query);
  for (const line of lines) tally.add(line);
  return tally.reading();
}

test('records of the default format are put together by direction, node, port and action', () => {
  const { flows, hasRecords, namesAddresses, isCut } = told([
    '2 111122223333 eni-0a 10.0.1.5 10.0.9.9 40001 31080 6 12 720 1764496800 1764496859 REJECT OK',
    '2 111122223333 eni-0a 10.0.1.5 10.0.9.9 40777 31080 6 3 180 1764496860 1764496919 REJECT OK',
    '2 111122223333 eni-0a 10.0.2.5 10.0.9.9 40001 31080 6 5 300 1764496800 1764496859 ACCEPT OK',
    '2 111122223333 eni-0a 10.0.9.9 10.0.2.5 31080 40001 6 5 300 1764496800 1764496859 ACCEPT OK',
  ]);
  const of = { port: 31080 };
  expect(flows).toEqual([
    { ...of, direction: 'in', peer: '10.0.1.5', action: 'REJECT', packets: 15, last: '2025-11-30T10:01:59Z' },
    { ...of, direction: 'in', peer: '10.0.2.5', action: 'ACCEPT', packets: 5, last: '2025-11-30T10:00:59Z' },
    { ...of, direction: 'out', peer: '10.0.2.5', action: 'ACCEPT', packets: 5, last: '2025-11-30T10:00:59Z' },
  ]);
  expect({ hasRecords, namesAddresses, isCut }).toEqual({ hasRecords: true, namesAddresses: false, isCut: false });
});

test('fields of a custom format are found wherever they stand, and addresses behind the interface are kept', () => {
  const fields = 'action end dstport srcport pkt-dstaddr pkt-srcaddr dstaddr srcaddr'.split(' ');
  const { flows, namesAddresses } = told(
    ['ACCEPT 1764496859 31080 40001 10.0.9.77 10.0.1.5 10.0.9.9 10.0.1.5'],
    fields,
  );
  expect(flows).toMatchObject([{ direction: 'in', peer: '10.0.1.5', address: '10.0.9.77', packets: 0 }]);
  expect(namesAddresses).toBe(true);
});

test.each([
  [
    'of another interface',
    '2 111122223333 eni-0b 10.0.1.5 10.0.9.9 40001 31080 6 1 60 1764496800 1764496859 REJECT OK',
  ],
  ['without data', '2 111122223333 eni-0a - - - - - - - 1764496800 1764496859 - NODATA'],
  ['that breaks off', '2 111122223333 eni-0a 10.0.1.5'],
  ['that is the header of a file', usual.join(' ')],
  ['of nothing', ''],
])('a line %s is no record', (_name, line) => {
  expect(told([line])).toEqual({ flows: [], hasRecords: false, namesAddresses: false, isCut: false });
});

test.each([
  ['of another port', '2 111122223333 eni-0a 10.0.1.5 10.0.9.9 40001 443 6 1 60 1764496800 1764496859 REJECT OK'],
  ['of UDP', '2 111122223333 eni-0a 10.0.1.5 10.0.9.9 40001 31080 17 1 60 1764496800 1764496859 REJECT OK'],
  ['of another host', '2 111122223333 eni-0a 10.0.7.7 10.0.9.9 40001 31080 6 1 60 1764496800 1764496859 REJECT OK'],
  ['without a time', '2 111122223333 eni-0a 10.0.1.5 10.0.9.9 40001 31080 6 1 60 - - REJECT OK'],
])('a record %s shows that records come, and no more', (_name, line) => {
  expect(told([line])).toMatchObject({ flows: [], hasRecords: true });
});

test('skipped records are noted', () => {
  expect(told(['2 111122223333 eni-0a - - - - - - - 1764496800 1764496859 - SKIPDATA']).isCut).toBe(true);
});
