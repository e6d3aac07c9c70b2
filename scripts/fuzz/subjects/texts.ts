import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { duration, network } from '../../../bin/options.ts';
import { readTags } from '../../../core/controllers/tags.ts';
import { asCidr, contains, overlaps, parseBlock, prefixLength } from '../../../core/network/address.ts';
import { readButtonValue } from '../../../core/notification/slack-buttons.ts';
import { redactSecrets } from '../../../core/redaction/redact-secrets.ts';
import { readHttpAnswer, showFirstBytes } from '../../../io/probe/http-answer.ts';
import { hostileText, misspelled } from '../hostile.ts';
import { expecting, type Subject, subject } from '../subject.ts';

/** Beginnings of answers, so that a random tail meets the reader in every state. */
const heads = [
  '',
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.0 503\nLocation: x\n\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n',
];

const addresses = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), hostileText).map(([address, tail]) => `${address}/${tail}`),
  fc.tuple(fc.ipV4(), fc.nat({ max: 40 })).map(([address, prefix]) => `${address}/${prefix}`),
  hostileText,
);

const tags = [
  {
    'elbv2.k8s.aws/cluster': 'shop',
    'service.k8s.aws/stack': 'web/storefront',
    'service.k8s.aws/resource': 'web/storefront:80',
  },
  { 'eks:eks-cluster-name': 'shop', 'service.eks.amazonaws.com/stack': 'web/storefront' },
  { 'kubernetes.io/cluster/shop': 'owned', 'kubernetes.io/service-name': 'web/storefront' },
  { 'gateway.k8s.aws.nlb/resource': 'web:gateway:storefront:80' },
];

/** Readers of single texts. */
export const textSubjects: Subject[] = [
  subject({ id: 'addresses and CIDRs' }, fc.tuple(addresses, addresses), ([a, b]) => {
    for (const text of [a, b]) {
      const block = parseBlock(text);
      if (block !== undefined && (block.prefix > block.bits || block.value >> BigInt(block.bits) !== 0n))
        throw new Error(`${text} is no block`);
      if (block !== undefined && !contains(text, text)) throw new Error(`${text} does not contain itself`);
      prefixLength(text);
      asCidr(text);
    }
    if (contains(a, b) && !overlaps(b, a)) throw new Error(`${a} contains ${b} and they do not overlap`);
  }),
  subject(
    { id: 'answers of targets' },
    fc.tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 })),
    ([head, tail]) => {
      const bytes = Buffer.concat([Buffer.from(head), tail]);
      readHttpAnswer(bytes);
      if (showFirstBytes(bytes).length > 64) throw new Error('shows more than 64 characters');
    },
  ),
  subject({ id: 'values of buttons' }, hostileText, (text) => void readButtonValue(text)),
  subject({ id: 'times and networks on the command line' }, hostileText, (text) => {
    expecting(
      () => duration(text),
      (error) => error instanceof InvalidArgumentError,
    );
    expecting(
      () => network(text),
      (error) => error instanceof InvalidArgumentError,
    );
  }),
  subject({ id: 'tags and ARNs' }, misspelled(tags), (given) => void readTags(given)),
  subject({ id: 'redaction' }, fc.array(hostileText, { maxLength: 8 }), (texts) => {
    const text = texts.join(' = ');
    const once = redactSecrets(text);
    if (once.length > 4 * text.length + 100) throw new Error('the text grows');
  }),
];
