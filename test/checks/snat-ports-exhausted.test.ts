import { snatPortsExhausted } from '../../core/checks/network/snat-ports-exhausted.ts';
import { ofBalancer } from '../core/history/metrics-of.ts';
import { sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const errors = (row: string, preserved = 'false') =>
  given(sampleFacts, ({ slices }) => {
    slices.metrics.push(ofBalancer('PortAllocationErrorCount', row));
    for (const group of slices.targetGroups) group.attributes['preserve_client_ip.enabled'] = preserved;
  });

testCheck(snatPortsExhausted, {
  found: [
    {
      name: 'errors in the last quarter of an hour',
      facts: errors('000000000099'),
      targets: [],
      confidence: 'confirmed',
      saw: '18 port allocation errors in 15 minutes on the load balancer; 3 targets are registered',
    },
    {
      name: 'a load balancer with another target group, whose connections these may be',
      facts: given(errors('9'), ({ slices }) => {
        for (const listener of [...slices.listeners]) {
          slices.listeners.push({ ...listener, arn: `${listener.arn}2`, forwards: [{ targetGroupArn: 'arn:other' }] });
        }
      }),
      targets: [],
      confidence: 'probable',
      saw: 'on the load balancer, which forwards to 2 target groups',
    },
    {
      name: 'addresses that are preserved but for PrivateLink',
      facts: errors('99', 'true'),
      targets: [],
      confidence: 'confirmed',
      saw: 'of clients of PrivateLink, since the addresses of others are preserved',
    },
  ],
  ruledOut: [
    { name: 'no errors', facts: errors('0000') },
    { name: 'errors that are over', facts: errors(`99${'0'.repeat(20)}`) },
    { name: 'a load balancer that was not measured', facts: sampleFacts },
  ],
});
