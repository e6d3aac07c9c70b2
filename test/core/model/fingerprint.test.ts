import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fingerprint, incidentKeyOf, keyOf, parseKey } from '../../../core/model/fingerprint.ts';

const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}$/);
const fingerprint: fc.Arbitrary<Fingerprint> = fc.record({
  account: fc.stringMatching(/^\d{12}$/),
  region: fc.constantFrom('eu-west-1', 'us-gov-west-1'),
  place: name,
  subject: fc.oneof(
    fc.constant(null),
    name,
    fc.tuple(name, name).map(([namespace, service]) => `${namespace}/${service}`),
  ),
  cause: fc.constantFrom('pod-crashloop', 'unexplained'),
});

test('a key holds all that the fingerprint does', () => {
  fc.assert(
    fc.property(fingerprint, (given) => {
      expect(parseKey(keyOf(given))).toEqual(given);
    }),
  );
});

test('findings of one cause in one cluster are one incident, whose key is its own incident', () => {
  fc.assert(
    fc.property(fingerprint, (given) => {
      const incident = incidentKeyOf(keyOf(given));
      expect(parseKey(incident)).toEqual({ ...given, subject: null });
      expect(incidentKeyOf(incident)).toBe(incident);
    }),
  );
});
