import { hcHostHeaderRejected } from '../../core/checks/answer/hc-host-header-rejected.ts';
import { probe } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';
import { bothPods, failingHttp } from './http-check.ts';

const nodeHost = '10.0.0.5:80';
const answers = (asNode: number, asName: number, name?: string) =>
  failingHttp((facts) => {
    probe(facts, 'health-check', { kind: 'http', status: asNode }, { host: nodeHost });
    probe(facts, 'other-host', { kind: 'http', status: asName }, name === undefined ? {} : { host: name });
  });

testCheck(hcHostHeaderRejected, {
  found: [
    {
      name: 'an application that knows its name only',
      facts: answers(400, 200, 'shop.example.com'),
      targets: bothPods,
      confidence: 'confirmed',
      saw: '/ with Host 10.0.0.5:80: HTTP 400; with Host shop.example.com: HTTP 200',
    },
    {
      name: 'an ingress controller that answers 404 for an unknown host',
      facts: answers(404, 200, 'shop.example.com'),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'HTTP 404',
    },
    {
      name: 'a good answer under the address of the target itself, as curl asks',
      facts: answers(421, 200),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'with Host 10.0.0.10:8080: HTTP 200',
    },
  ],
  ruledOut: [
    { name: 'the same bad status under both hosts', facts: answers(404, 404, 'shop.example.com') },
    { name: 'a good answer under the host of the load balancer', facts: answers(200, 200, 'shop.example.com') },
    {
      name: 'a reset, which has no status to compare',
      facts: failingHttp((facts) => {
        probe(facts, 'health-check', { kind: 'reset', phase: 'response' });
        probe(facts, 'other-host', { kind: 'http', status: 200 });
      }),
    },
  ],
});
