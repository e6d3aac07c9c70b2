import { describe, expect, test } from 'vitest';
import { fill, surroundings } from '../../../core/diagnosis/fix/remediation.ts';
import { withAttribute } from '../../../core/diagnosis/fix/set-attribute.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Controller } from '../../../core/model/owner.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { sampleFacts } from '../sample-facts.ts';

const header = 'proxy_protocol_v2.enabled';
const annotation = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';
const switchOff = { text: 'Switch the header off.', change: { attribute: header, to: 'false' } };

/** The step for the sample's target group, which sends the header. */
function stepFor(change: (facts: Facts) => void) {
  const facts = sampleFacts({ targetType: 'ip' });
  for (const { attributes } of facts.slices.targetGroups) attributes[header] = 'true';
  change(facts);
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('no target group');
  const { step, values } = withAttribute(switchOff, group, facts);
  return fill(step, { ...surroundings(group, facts), ...values }, { group, facts });
}

const owned =
  (controller: Controller, annotations: Record<string, string> = {}) =>
  (facts: Facts): void => {
    for (const owner of facts.owners) owner.controller = controller;
    for (const { metadata } of facts.slices.services) Object.assign(metadata.annotations, annotations);
  };

describe('an attribute of a target group', () => {
  test('is set by the Service where the AWS Load Balancer Controller writes it, and keeps what else stands there', () => {
    const { command, undo } = stepFor(
      owned('aws-load-balancer-controller', { [annotation]: `stickiness.enabled=true,${header}=true` }),
    );
    expect(command).toMatch(/annotate service .* --overwrite /);
    expect(command).toContain(`${annotation}=stickiness.enabled=true,${header}=false`);
    expect(undo?.command).toContain(`${annotation}=stickiness.enabled=true,${header}=true`);
  });

  test.each([
    ['a Gateway', owned('aws-load-balancer-controller-gateway')],
    ['cloud-provider-aws of a release that reads no such annotation', owned('cloud-provider-aws')],
    [
      'a Service that asks for that value already',
      owned('aws-load-balancer-controller', { [annotation]: `${header}=false` }),
    ],
  ])('is set on the target group of %s', (_, change) => {
    expect(stepFor(change).command).toContain(
      `modify-target-group-attributes --region eu-west-1 --target-group-arn arn:aws:elasticloadbalancing:`,
    );
  });

  test('is set by the Service where cloud-provider-aws has carried out what it asks for', () => {
    expect(stepFor(owned('cloud-provider-aws', { [annotation]: `${header}=true` })).command).toContain(
      `${annotation}=${header}=false`,
    );
  });
});
