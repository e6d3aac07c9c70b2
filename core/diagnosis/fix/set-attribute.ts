import {
  type Annotations,
  annotationsForAll,
  annotationsForPort,
  attributeAskedFor,
} from '../../controllers/attribute-annotations.ts';
import { controllerVersion, type Version } from '../../controllers/controller-version.ts';
import { isDecidedBy } from '../../controllers/expected-health-check.ts';
import { serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { Filling } from '../../model/check-result.ts';
import type { Facts } from '../../model/facts.ts';
import type { Change, Step } from '../../model/fix.ts';
import type { Service, ServicePort } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

type AttributeChange = Extract<Change, { attribute: string }>;

/**
 * The step where its attribute is set so that it lasts: by annotations of the Service where its controller writes it from there, else on
 * the target group; with the values of its own placeholders.
 */
export function withAttribute(
  step: Step,
  group: TargetGroupContext,
  facts: Facts,
): { step: Step; values: Record<string, Filling> } {
  const { change } = step;
  if (change === undefined || !('attribute' in change)) return { step, values: {} };
  const annotations = annotationsOf(change, group, facts);
  if (annotations === undefined) return { step: { ...step, change: onTargetGroup(change) }, values: {} };
  const entries = Object.entries(annotations).map(([name, value], index) => ({
    name,
    value,
    placeholder: `attributes${'ABC'[index]}`,
  }));
  return {
    step: {
      ...step,
      change: {
        annotate: Object.fromEntries(
          entries.map(({ name, value, placeholder }) => [name, value === null ? null : `{${placeholder}}`]),
        ),
      },
    },
    values: Object.fromEntries(
      entries.flatMap(({ value, placeholder }) => (value === null ? [] : [[placeholder, value]])),
    ),
  };
}

const onTargetGroup = ({ attribute, to }: AttributeChange): Change => ({
  aws: 'elbv2 modify-target-group-attributes',
  options: { 'target-group-arn': '{targetGroup}', attributes: `Key=${attribute},Value=${to}` },
});

/** Undefined where no annotation decides, or where the Service asks for this value already. */
function annotationsOf(change: AttributeChange, group: TargetGroupContext, facts: Facts): Annotations | undefined {
  const service = serviceOf(group, facts.slices.services);
  const port = service && servicePortOf(group, service);
  if (service === undefined || port === undefined || !isDecidedBy(service, group)) return undefined;
  const release = controllerVersion(facts.slices.workloads);
  const wanted = annotationsBy(change, group, { service, port, version: facts.cluster?.version, release });
  const { annotations } = service.metadata;
  const isNews = Object.entries(wanted ?? {}).some(([name, value]) => (annotations[name] ?? null) !== value);
  return isNews ? wanted : undefined;
}

function annotationsBy(
  { attribute: name, to: value }: AttributeChange,
  group: TargetGroupContext,
  {
    service,
    port,
    version,
    release,
  }: { service: Service; port: ServicePort; version: string | undefined; release: Version | undefined },
): Annotations | undefined {
  switch (group.owner?.controller) {
    case 'aws-load-balancer-controller':
      return annotationsForPort(service, port, { name, value, release });
    case 'eks-auto-mode':
      return annotationsForAll(service, port, { name, value });
    default:
      // cloud-provider-aws, which is of the cluster's version, reads it from 1.36 on, and leaves alone what none names (CPA:pkg/providers/v1/aws.go).
      return Number(version?.split('.')[1]) >= 36 ||
        attributeAskedFor(service, name) === group.targetGroup.attributes[name]
        ? annotationsForAll(service, port, { name, value })
        : undefined;
  }
}
