import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderSns } from '../../../core/render/message/sns.ts';
import { openedMessage, resolvedMessage } from '../sample-message.ts';
import { diagnosisOf } from '../sample-report.ts';

const vpcId = 'vpc-0aaaaaaaaaaaaaa01';

test('the text of an opened finding reads well in an e-mail', () => {
  const fix = [
    {
      text: 'Read the last words of the container.',
      command: 'kubectl logs -n shop web-7f9c --previous',
      danger: 'none',
      verify: 'kubectl get pods -n shop',
    },
  ];
  const { subject, bodies } = renderSns(openedMessage(diagnosisOf({ fix })), { vpcId });
  expect(subject).toBe('Unhealthy: shop/web in prod: Containers of the pods behind the Service crash again and again');
  expect(bodies.default).toBe(`Unhealthy: Containers of the pods behind the Service crash again and again

Where
  shop/web in cluster prod
  k8s-shop-web / web-80: 1 of 2 targets healthy

Cause
  pod-crashloop (confirmed), severity high

Evidence
  - i-0aaaaaaaaaaaaaaa1:31080: web-7f9c restarted 14 times, last exit code 1; expected no restarts

Fix
  Read the last words of the container.
  Careful: none

    kubectl logs -n shop web-7f9c --previous

  To verify
    kubectl get pods -n shop

Finding 111122223333/eu-west-1/prod/shop/web/pod-crashloop
At 2026-11-20 12:00 UTC, open since 2026-11-20 12:00 UTC
`);
});

test('subscriptions can filter by severity, state, cluster, Region, check and VPC', () => {
  expect(renderSns(openedMessage(), { vpcId }).attributes).toEqual({
    severity: 'high',
    state: 'opened',
    cluster: 'prod',
    region: 'eu-west-1',
    checkId: 'pod-crashloop',
    vpcId,
  });
});

test('an unexplained finding without a cluster has no empty attribute', () => {
  const { attributes } = renderSns(openedMessage(diagnosisOf({ cause: null, cluster: null })), { vpcId });
  expect(attributes).toMatchObject({ checkId: 'unexplained' });
  expect(attributes).not.toHaveProperty('cluster');
});

test('machines get the whole message', () => {
  const message = openedMessage();
  const { bodies } = renderSns(message, { vpcId });
  expect(JSON.parse(bodies.sqs)).toEqual({ schemaVersion: 1, vpcId, ...message });
  expect(bodies.lambda).toBe(bodies.sqs);
});

test('a resolved finding is short', () => {
  const { bodies } = renderSns(resolvedMessage(), { vpcId });
  expect(bodies.default).toContain('Open from 2026-11-20 12:00 UTC to 2026-11-20 13:00 UTC');
  expect(bodies.default).not.toContain('kubectl');
});

test('whatever the diagnosis says, SNS takes it', () => {
  const text = fc.string({ maxLength: 5000, size: 'max', unit: fc.constantFrom('"', 'ä', '\n', '😀', 'a') });
  fc.assert(
    fc.property(text, (saw) => {
      const evidence = Array.from({ length: 60 }, () => ({ check: 'c', target: null, saw, expected: saw }));
      const large = Array.from({ length: 30 }, () => diagnosisOf({ title: saw, evidence }));
      const { subject, bodies } = renderSns(openedMessage(...large), { vpcId });
      expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
      expect(Buffer.byteLength(JSON.stringify(bodies))).toBeLessThan(256 * 1024);
    }),
    { numRuns: 20 },
  );
});
