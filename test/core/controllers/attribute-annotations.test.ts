import { describe, expect, test } from 'vitest';
import { annotationsForAll, annotationsForPort } from '../../../core/controllers/attribute-annotations.ts';
import type { Service } from '../../../core/model/kubernetes.ts';
import { sampleFacts } from '../sample-facts.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
const attributes = `${prefix}target-group-attributes`;
const header = 'proxy_protocol_v2.enabled';
const off = { name: header, value: 'false' };
const on = { name: header, value: 'true' };

/** A Service with ports 80 and, where wanted, 443. */
function serviceWith(annotations: Record<string, string>, ports = [80]) {
  const [service] = sampleFacts({ targetType: 'ip' }).slices.services;
  const [port] = service?.spec.ports ?? [];
  if (service === undefined || port === undefined) throw new Error('no Service');
  const made: Service = {
    ...service,
    metadata: { ...service.metadata, annotations },
    spec: { ...service.spec, ports: ports.map((number) => ({ ...port, port: number })) },
  };
  return { service: made, port: { ...port, port: 80 } };
}

describe('the annotations by which the AWS Load Balancer Controller leaves the header out', () => {
  test.each([
    ['no annotation, so that a default or a hand set it', {}, [80], { [attributes]: `${header}=false` }],
    [
      'a list of attributes, which keeps the others',
      { [attributes]: `stickiness.enabled=true, ${header}=true` },
      [80],
      { [attributes]: `stickiness.enabled=true,${header}=false` },
    ],
    [
      'the attributes of this port',
      { [attributes]: 'stickiness.enabled=true', [`${attributes}.80`]: `${header}=true` },
      [80, 443],
      { [`${attributes}.80`]: `${header}=false` },
    ],
    ['every port', { [`${prefix}proxy-protocol`]: '*' }, [80], { [`${prefix}proxy-protocol`]: null }],
    [
      'every port, of which the others keep it',
      { [`${prefix}proxy-protocol`]: '*' },
      [80, 443],
      { [`${prefix}proxy-protocol`]: null, [`${prefix}proxy-protocol-per-target-group`]: '443' },
    ],
    [
      'a list of ports',
      { [`${prefix}proxy-protocol-per-target-group`]: '80, 443' },
      [80, 443],
      { [`${prefix}proxy-protocol-per-target-group`]: '443' },
    ],
    [
      'the only port of a list, after which the attributes count again',
      { [`${prefix}proxy-protocol-per-target-group`]: '80', [attributes]: `${header}=true` },
      [80],
      { [`${prefix}proxy-protocol-per-target-group`]: null, [attributes]: `${header}=false` },
    ],
  ])('where it is set by %s', (_, annotations, ports, expected) => {
    const { service, port } = serviceWith(annotations as Record<string, string>, ports);
    expect(annotationsForPort(service, port, { ...off, release: undefined })).toEqual(expected);
  });
});

test('the header for one port leaves those that are named in place', () => {
  const perPort = `${prefix}proxy-protocol-per-target-group`;
  const { service, port } = serviceWith({ [perPort]: '443' }, [80, 443]);
  expect(annotationsForPort(service, port, { ...on, release: undefined })).toEqual({ [perPort]: '443,80' });
  expect(annotationsForPort(service, port, { ...on, release: [2, 13, 0] })).toEqual({ [perPort]: '443,80' });
});

test('a release that knows no single ports gets the attribute of all of them', () => {
  const old = { release: [2, 12, 0] as [number, number, number] };
  const perPort = `${prefix}proxy-protocol-per-target-group`;
  const { service, port } = serviceWith({ [perPort]: '80', [attributes]: 'stickiness.enabled=true' }, [80, 443]);
  expect(annotationsForPort(service, port, { ...on, ...old })).toEqual({
    [attributes]: `stickiness.enabled=true,${header}=true`,
  });
  const { service: all } = serviceWith({ [`${prefix}proxy-protocol`]: '*' }, [80, 443]);
  expect(annotationsForPort(all, port, { ...off, ...old })).toEqual({
    [`${prefix}proxy-protocol`]: null,
    [attributes]: `${header}=false`,
  });
});

test('a controller that reads attributes alone gets the attribute among the others', () => {
  const { service, port } = serviceWith({ [attributes]: 'preserve_client_ip.enabled=false' });
  expect(annotationsForAll(service, port, on)).toEqual({
    [attributes]: `preserve_client_ip.enabled=false,${header}=true`,
  });
});
