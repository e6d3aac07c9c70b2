import { expect } from 'vitest';
import { alpnMissingForGrpc } from '../../core/checks/configuration/alpn-missing-for-grpc.ts';
import type { ServicePort } from '../../core/model/kubernetes.ts';
import { sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const offering = (alpnPolicy: string | undefined, port: Partial<ServicePort>, protocol = 'TLS') =>
  given(sampleFacts, ({ slices }) => {
    for (const listener of slices.listeners)
      Object.assign(listener, { protocol, ...(alpnPolicy !== undefined && { alpnPolicy }) });
    for (const { spec } of slices.services) for (const own of spec.ports) Object.assign(own, port);
  });

testCheck(alpnMissingForGrpc, {
  found: [
    {
      name: 'a port by its name',
      facts: offering('None', { name: 'grpc' }),
      targets: [],
      confidence: 'probable',
      saw: /the TLS listener on 80 has the ALPN policy None, and port grpc of the Service is for gRPC/,
      values: { listener: expect.stringContaining('/listener') },
    },
    {
      name: 'a port by its application protocol',
      facts: offering('HTTP1Only', { name: 'api', appProtocol: 'grpc' }),
      targets: [],
      confidence: 'probable',
      saw: /HTTP1Only/,
    },
    {
      name: 'a name with a suffix',
      facts: offering('None', { name: 'grpc-web' }),
      targets: [],
      confidence: 'probable',
      saw: /grpc-web/,
    },
  ],
  ruledOut: [
    { name: 'HTTP/2 preferred', facts: offering('HTTP2Preferred', { name: 'grpc' }) },
    { name: 'HTTP/2 beside HTTP/1', facts: offering('HTTP2Optional', { name: 'grpc' }) },
    { name: 'a policy that was not read', facts: offering(undefined, { name: 'grpc' }) },
    { name: 'a port that is not for gRPC', facts: offering('None', { name: 'https' }) },
    { name: 'a name that only contains it', facts: offering('None', { name: 'mygrpcs' }) },
    { name: 'another application protocol', facts: offering('None', { name: 'grpc', appProtocol: 'https' }) },
    { name: 'a TCP listener', facts: offering('None', { name: 'grpc' }, 'TCP') },
  ],
});
