import { expect } from 'vitest';

/** Where a record and what we make of it differ, and which of the two is wrong. */
interface Difference {
  /** `file/record`, as in `data/`; a pattern where a whole kind differs. */
  record: RegExp;
  /** `*` = the record as a whole. */
  aspect: string;
  side: 'product' | 'lab';
  /** Who is wrong: the side itself, or the stand-in for AWS under which the controllers were recorded. */
  wrong: 'product' | 'lab' | 'record';
  why: string;
}

export const knownDifferences: Difference[] = [
  {
    record: /^lbc-3.5.0-refusals\/throttle-RegisterTargets\/instance$/,
    aspect: 'diagnosis',
    side: 'product',
    wrong: 'record',
    why: 'The record lasts for two attempts; the product speaks of throttling from the third on.',
  },
  {
    record: /^lbc-3.5.0-changes\/subnets-2$/,
    aspect: 'complaints',
    side: 'lab',
    wrong: 'record',
    why: 'The stand-in for AWS wants two zones, as Application Load Balancers do.',
  },
  {
    record: /^lbc-3.5.0-changes\/mc(-ip)?$/,
    aspect: 'complaints',
    side: 'lab',
    wrong: 'lab',
    why: 'A binding that becomes one of several clusters while it is live; the lab does not know how they share targets.',
  },
  {
    record: /^lbc-[0-9.]+-recorded\/tls-(to-targets|of-named-port|https-check)$/,
    aspect: 'target groups',
    side: 'lab',
    wrong: 'record',
    why: 'The stand-in for AWS does not say how clients stick to targets of a TLS group, to which they cannot.',
  },
  {
    record: /^lbc-[0-9.]+-recorded\/node-label-not-equal$/,
    aspect: 'complaints',
    side: 'lab',
    wrong: 'record',
    why: 'The record ends before the controller has waited for the binding long enough to complain of the Service too.',
  },
  {
    record: /^lbc-3.5.0-services\/allnotready$|^lbc-[0-9.]+-recorded\/node-label-(of-none|not-equal)$/,
    aspect: 'rules',
    side: 'lab',
    wrong: 'lab',
    why: 'The controller writes rules where targets are; the lab writes those of a binding without targets into the group of the nodes too.',
  },
  {
    record:
      /^lbc-3.5.0-services\/(type-external-bad|type-nlb-ip-legacy|type-external-none-legacy|type-external-bad-legacy|nodeport-external)$/,
    aspect: 'rules',
    side: 'lab',
    wrong: 'record',
    why: 'Another record was made in the same cluster at that time, and the rule is shared by all.',
  },
  {
    record:
      /^lbc-2[0-9.]+-recorded\/(attributes-of-port|escaped-comma|comma-at-end|without-groups|proxy-protocol-one|both-at-once)$/,
    aspect: '*',
    side: 'lab',
    wrong: 'lab',
    why: 'Its controller is of one release, 3.5.0, which knows these annotations; before 2.14 or 2.13 they are unknown, and lists end at every comma.',
  },
  {
    record: /^lbc-2\.4\.7-recorded\//,
    aspect: '*',
    side: 'lab',
    wrong: 'lab',
    why: 'For the same reason: before 2.6 load balancers have no security groups, and rules are for ranges of addresses.',
  },
  {
    record: /^lbc-2\.[0-8]\.[0-9]+-recorded\/(interval-with-unit|interval-of-four|path-without-slash)$/,
    aspect: 'complaints',
    side: 'lab',
    wrong: 'lab',
    why: 'For the same reason: releases before 2.9 have other words, those of the older AWS SDK among them.',
  },
  {
    record: /^lbc-3.5.0-services\/type-nlb-legacy$/,
    aspect: '*',
    side: 'lab',
    wrong: 'record',
    why: 'cloud-provider-aws, which takes this Service, did not run beside the AWS Load Balancer Controller.',
  },
  {
    record: /^ccm-1.36.2-services\/(local|advanced)$/,
    aspect: 'target groups',
    side: 'lab',
    wrong: 'record',
    why: 'Time-out and codes are defaults of Elastic Load Balancing (CreateTargetGroup: 6 s for HTTP, 200-399); the stand-in has others.',
  },
  {
    record: /^ccm-1.36.2-services\/healthy1$/,
    aspect: 'complaints',
    side: 'lab',
    wrong: 'record',
    why: 'At the second attempt the stand-in for AWS takes a load balancer without target groups for a mistake.',
  },
  {
    record: /^lbc-3.5.0-nodes\/hybrid-label$/,
    aspect: 'registered',
    side: 'product',
    wrong: 'record',
    why: 'An EC2 instance with the label of hybrid nodes, which EKS does not make; a real hybrid node has no instance to register.',
  },
  {
    record: /^lbc-3.5.0-nodes\/deleting$/,
    aspect: 'registered',
    side: 'product',
    wrong: 'product',
    why: 'The controller registers a node until its object is gone; the product on purpose does not miss one that is about to go.',
  },
  {
    record: /^lbc-3.5.0-security-groups\/sg-two-(one|none)-tagged-(ip|instance)$/,
    aspect: '*',
    side: 'lab',
    wrong: 'record',
    why: 'The controller keeps what it knows of groups and interfaces for ten minutes, and the record was made within the time of the one before.',
  },
  {
    record: /^lbc-3.5.0-security-groups\/sg-two-tagged-instance$/,
    aspect: '*',
    side: 'lab',
    wrong: 'record',
    why: 'For the same reason: the interfaces of the nodes were known with one group each.',
  },
];

/** Which side answers about which aspect of which record. */
export interface Question {
  side: Difference['side'];
  record: string;
  aspect: string;
}

/** Requires the answer to be the recorded one, or to differ from it where that is written down. */
export function holds({ side, record, aspect }: Question, answer: unknown, recorded: unknown): void {
  const known = knownDifferences.find(
    (each) => each.side === side && ['*', aspect].includes(each.aspect) && each.record.test(record),
  );
  // Of a record that differs as a whole some aspects agree by chance.
  if (known?.aspect === '*') return;
  if (known === undefined) expect.soft(answer, `${aspect} of ${record}`).toEqual(recorded);
  else expect.soft(answer, `${aspect} of ${record} agrees by now: strike it from the list`).not.toEqual(recorded);
}
