import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { mayWantProxyProtocol, proxyProtocolSetting, whyIgnored } from '../../controllers/proxy-protocol.ts';
import { portWithoutHeader, sendHeader } from '../../controllers/send-header.ts';
import { check } from '../../diagnosis/check.ts';
import { isHttpPort } from '../../kubernetes/http-port.ts';
import { readinessRequestOf } from '../../kubernetes/readiness-request.ts';
import { podsOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Pod, Service, ServicePort, Workload } from '../../model/kubernetes.ts';
import type { Owner } from '../../model/owner.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { clientAnswer } from '../../probes/client-answer.ts';
import { headerOf, isProvenByHealthCheck, undecidedByClients } from '../../probes/client-bytes.ts';
import { formatOutcome, formatRequest } from '../../probes/results.ts';

export const proxyProtocolOneSided = check({
  id: 'proxy-protocol-one-sided',
  kind: 'clients',
  stage: 'answer',
  severity: 'high',
  title: 'Load balancer and application disagree about Proxy Protocol, and the health check does not notice',
  symptom:
    'Every target is healthy, and every client gets an error or a closed connection; the server logs a broken header.',
  why: `With proxy_protocol_v2.enabled each connection to a target begins with a binary header, which a server takes for a broken request
unless it expects it. A server that requires the header hangs up where it is missing; so it is if cloud-provider-aws owns the Service,
which ignores the Proxy Protocol annotation on Network Load Balancers. A TCP health check ends before either is noticed.`,
  proof: `The health check does not carry what clients send, and one request to a healthy target, as the load balancer would forward it, is
refused as malformed or hung up on: with the header, although the same request of the kubelet without it is answered well; or
without the header, on a port for HTTP, while the Service or its pods name Proxy Protocol. Where the annotation is ignored and
nothing was asked, it is probable.`,
  nearMisses: [
    'An HTTP health check of the traffic port carries the header too: a healthy target understands it.',
    'Where the kubelet’s readiness probe gets its answer on the same port without a header, no header is required.',
    'A server of another protocol hangs up on any HTTP request, which decides nothing.',
    'Unhealthy targets are the matter of `ppv2-hc-rejected-by-app` and `ppv2-expected-but-not-sent`.',
  ],
  decidedBy: 'one request through the load balancer, and the log of the server while it arrives',
  fix: [
    ...sendHeader,
    { text: 'Or make the server accept connections without the header.', when: 'header' },
    {
      text: 'Configure the application, or the proxy in front of it, to expect Proxy Protocol version 2 on this port.',
      when: 'sentPort',
    },
    {
      text: 'Or switch the header off, if nothing needs the client addresses from it.',
      when: 'sentPort',
      change: { attribute: 'proxy_protocol_v2.enabled', to: 'false' },
      disturbs: 'New connections to this target group have no header: servers that require it refuse clients.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#proxy-protocol',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#proxy-protocol-v2',
  ],
  masks: ['traffic-port-hangs-up'],
  needs: ['listeners', 'services', 'pods'],
  optional: ['probes', 'workloads'],
  applies: ({ targetGroup, targets }) =>
    ['TCP', 'TLS'].includes(targetGroup.protocol) &&
    targetGroup.targetType !== 'alb' &&
    targets.some(({ state }) => state === 'healthy'),

  run(group, slices) {
    const question = questionOf(group, slices);
    return question && judge(question);
  },

  undecided(group, slices) {
    const question = questionOf(group, slices);
    if (question === undefined || judge(question).length > 0 || isAnswered(question)) return [];
    const { answer } = question;
    const why =
      answer === undefined ? 'no healthy target was asked' : `${describe(answer.probe)}, which decides nothing`;
    return [undecidedByClients(group, `whether Proxy Protocol is understood: ${why}`)];
  },
});

interface Question {
  owner: Owner | undefined;
  workloads: Workload[] | undefined;
  port: ServicePort;
  /** Whether the target group sends the header; `unread` where its attributes were not read, as those of healthy groups may be. */
  header: ReturnType<typeof headerOf>;
  /** The annotation that asks for it. */
  setting: string | undefined;
  /** Why its controller reads over it, where it does. */
  ignored: string | undefined;
  /** The kubelet's request without a header is answered well on the very port. */
  answersKubelet: boolean;
  answer: ReturnType<typeof clientAnswer>;
}

interface Slices {
  services: Service[];
  pods: Pod[];
  probes: ProbeResult[] | undefined;
  workloads: Workload[] | undefined;
}

/** Undefined where both ends agree by what is known, or neither names Proxy Protocol. */
const questionOf = (group: TargetGroupContext, slices: Slices): Question | undefined =>
  group.memo.once([questionOf, slices], () => findQuestion(group, slices));

function findQuestion(group: TargetGroupContext, { services, pods, probes, workloads }: Slices): Question | undefined {
  const service = serviceOf(group, services);
  const port = service && servicePortOf(group, service);
  if (service === undefined || port === undefined || isProvenByHealthCheck(group, service)) return undefined;
  if (listenersInUse(group).length === 0) return undefined;
  const header = headerOf(group);
  if (header !== 'on' && !mayWantProxyProtocol(service, port, podsOf(service, pods))) return undefined;
  const answer = clientAnswer(group, probes ?? []);
  const setting = proxyProtocolSetting(service, port);
  return {
    owner: group.owner,
    workloads,
    port,
    header,
    setting,
    ignored: setting && whyIgnored(setting, group.owner?.controller, workloads),
    answersKubelet: readinessRequestOf(service, port, pods) !== undefined,
    answer: answer?.probe.purpose === 'client-first-bytes' ? answer : undefined,
  };
}

const isAnswered = ({ header, answersKubelet, answer }: Question): boolean =>
  answer?.verdict === 'understood' || (header !== 'on' && answersKubelet);

function judge(question: Question): Evidence[] {
  if (isAnswered(question)) return [];
  return question.header === 'on' ? judgeSent(question) : judgeMissing(question);
}

function judgeSent({ port, answersKubelet, answer }: Question): Evidence[] {
  if (answer?.verdict !== 'rejected' || !(answersKubelet || isHttpPort(port))) return [];
  const kubelet = answersKubelet ? '; the kubelet’s readiness probe gets its answer there without a header' : '';
  return [
    {
      saw: `${describe(answer.probe)} behind a Proxy Protocol header${kubelet}`,
      expected: 'a server that expects the header, or a target group that does not send it',
      confidence: answersKubelet ? 'confirmed' : 'probable',
      values: { sentPort: port.port },
    },
  ];
}

function judgeMissing({ owner, workloads, port, header, setting, ignored, answer }: Question): Evidence[] {
  const isRejected = header === 'off' && answer?.verdict === 'rejected' && isHttpPort(port);
  if (!isRejected && (setting === undefined || (header === 'unread' && ignored === undefined))) return [];
  const seen = [
    ...(setting === undefined ? [] : [`the Service has ${setting}`]),
    ...(ignored === undefined ? [] : [ignored]),
    header === 'off'
      ? 'proxy_protocol_v2.enabled is off on the target group'
      : 'no header is sent unless somebody switched it on by hand',
    ...(answer === undefined ? [] : [`${describe(answer.probe)} without a header`]),
  ];
  return [
    {
      saw: seen.join('; '),
      expected: 'a target group that sends the header, or a server that does not need it',
      confidence: isRejected && answer.probe.outcome.kind === 'reset' ? 'confirmed' : 'probable',
      values: portWithoutHeader(owner, port, workloads),
    },
  ];
}

const describe = (probe: ProbeResult): string => `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}`;
