import { configurationAt, deciderOf } from '../../controllers/gateway/decider.ts';
import { formatDecider } from '../../controllers/gateway/gateway-health-check.ts';
import { fieldsOf } from '../../kubernetes/managers/held-fields.ts';
import type { Manager } from '../../kubernetes/managers/managed-by.ts';
import type { GatewayConfiguration, RouteConfiguration } from '../../model/custom-resources/gateway-configuration.ts';
import type { Facts } from '../../model/facts.ts';
import type { Change, Manifest, Template } from '../../model/fix.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { awsFormOf } from './aws/aws-form.ts';
import type { AwsForm } from './aws/resource-form.ts';
import type { Scene } from './former.ts';
import { fragmentOf, titleOf } from './fragment.ts';
import { chartValuesOf } from './owner/chart-values.ts';
import { cloudSourceOf } from './owner/cloud-source.ts';
import { fieldOwner } from './owner/field-owner.ts';
import { toYaml } from './yaml.ts';

/** Characters; a longer one is not read in a report. */
const longest = 4096;

/** A change as who owns its object writes it; undefined where it is in nobody's source, such as a restart. */
export function manifestOf(change: Change, scene: Scene): Manifest | undefined {
  const found = 'aws' in change ? ofResource(awsFormOf(change, scene), scene) : ofObject(change, scene);
  return found === undefined || found.text.length > longest ? undefined : found;
}

function ofResource(form: AwsForm | undefined, { group, facts }: Scene): Manifest | undefined {
  if (form === undefined) return undefined;
  const { owner } = group;
  const configuration = configurationOf(form, group);
  if (configuration !== undefined && owner?.controller === 'aws-load-balancer-controller-gateway') {
    const { where, template } = targetGroupConfiguration(configuration, group, facts);
    return {
      owner: 'The AWS Load Balancer Controller',
      where,
      undoneBy: 'the next reconciliation',
      language: 'yaml',
      text: toYaml(template),
    };
  }
  const source = cloudSourceOf(form.tags);
  if (source === undefined || source.tool === 'ack') return undefined;
  const isTerraform = source.tool === 'terraform';
  return {
    owner: source.name,
    where: source.where,
    undoneBy: source.undoneBy,
    language: isTerraform ? 'hcl' : 'yaml',
    text: isTerraform ? form.terraform : form.cloudformation,
  };
}

/**
 * Into the object that is there at the Service: a second one would not count. Where its block for the route decides, into that block; a
 * default of the Gateway stays as it is for the other Services.
 */
function targetGroupConfiguration(
  props: Template,
  group: TargetGroupContext,
  { slices }: Facts,
): { where: string; template: Template } {
  const { namespace = 'default', service = '' } = group.owner ?? {};
  const own = configurationAt({ namespace, service }, slices.gatewayConfigurations);
  const decider = deciderOf(group, slices.gatewayConfigurations);
  const route = decider?.configuration === own ? decider?.route : undefined;
  const template = {
    apiVersion: servedVersion(slices.gatewayConfigurations),
    kind: 'TargetGroupConfiguration',
    metadata: { name: own?.metadata.name ?? service, namespace },
    spec: {
      targetReference: { name: service },
      ...(route === undefined
        ? { defaultConfiguration: props }
        : { routeConfigurations: [{ routeIdentifier: identifierOf(route), targetGroupProps: props }] }),
    },
  };
  const where =
    own === undefined
      ? `the TargetGroupConfiguration of Service ${namespace}/${service}`
      : decider?.configuration === own
        ? formatDecider(decider)
        : `TargetGroupConfiguration ${namespace}/${own.metadata.name}`;
  return { where, template };
}

/**
 * In which the cluster served the controller's objects; where it has none yet, the one that each release with these kinds serves
 * (LBC:config/crd/gateway/gateway.k8s.aws_targetgroupconfigurations.yaml).
 */
const servedVersion = (all: GatewayConfiguration[]): string =>
  all.flatMap((each) => ('apiVersion' in each ? (each.apiVersion ?? []) : []))[0] ?? 'gateway.k8s.aws/v1beta1';

const identifierOf = ({ kind, namespace, name }: RouteConfiguration): Template => ({
  kind,
  ...(namespace !== undefined && { namespace }),
  ...(name !== undefined && { name }),
});

/**
 * The whole health check, since a block at the Service replaces all of it, or one attribute (LBC:docs/guide/gateway/targetgroupconfig.md,
 * LBC:apis/gateway/v1/targetgroupconfig_types.go).
 */
function configurationOf(
  { healthCheck, attribute }: AwsForm,
  { targetGroup }: TargetGroupContext,
): Template | undefined {
  if (attribute !== undefined) return { targetGroupAttributes: [{ key: attribute.key, value: attribute.value }] };
  if (healthCheck === undefined) return undefined;
  return {
    healthCheckConfig: Object.fromEntries(
      Object.entries({ ...targetGroup.healthCheck, ...healthCheck }).map(([name, value]) =>
        name === 'successCodes'
          ? ['matcher', { httpCode: value }]
          : [gatewayNames[name] ?? name, gatewayNumbers.has(name) ? Number(value) : value],
      ),
    ),
  };
}

const gatewayNames: Readonly<Record<string, string>> = {
  protocol: 'healthCheckProtocol',
  port: 'healthCheckPort',
  path: 'healthCheckPath',
  intervalSeconds: 'healthCheckInterval',
  timeoutSeconds: 'healthCheckTimeout',
  healthyThreshold: 'healthyThresholdCount',
  unhealthyThreshold: 'unhealthyThresholdCount',
};

const gatewayNumbers: ReadonlySet<string> = new Set([
  'intervalSeconds',
  'timeoutSeconds',
  'healthyThreshold',
  'unhealthyThreshold',
]);

function ofObject(change: Change, scene: Scene): Manifest | undefined {
  const fragment = fragmentOf(change, scene);
  if (fragment === undefined || fragment.kind === 'Node') return undefined;
  const manager = fieldOwner(fragment, fieldsOf(fragment.manifest), scene.facts);
  if (manager === undefined)
    return { where: `the manifest of ${titleOf(fragment)}`, language: 'yaml', text: toYaml(fragment.manifest) };
  const { name: owner, where, undoneBy, holds } = manager;
  const values = manager.chart && chartValuesOf(manager.chart, change, scene.values);
  // The configuration of an add-on holds nothing else.
  if (values === undefined && manager.tool === 'eks') return undefined;
  return {
    owner,
    where: values === undefined && manager.chart !== undefined ? `${where}, so that its chart renders this` : where,
    ...(holds !== false && { undoneBy }),
    language: 'yaml',
    text: toYaml(values === undefined ? fragment.manifest : inRelease(values, manager)),
  };
}

/** Values of a chart, where they are kept: a HelmRelease has them in its spec. */
const inRelease = (values: Template, { helmRelease }: Manager): Template =>
  helmRelease === undefined
    ? values
    : {
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { ...helmRelease },
        spec: { values },
      };
