import * as z from 'zod';
import { type GatewayKind, gatewayKinds } from '../../config/gateway-kinds.ts';
import type { HealthCheck } from '../../core/model/aws.ts';
import type {
  GatewayConfiguration,
  TargetGroupProps,
} from '../../core/model/custom-resources/gateway-configuration.ts';
import type { ObjectMeta } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { statusOf } from '../aws/refusal.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import { metadataOf } from './metadata.ts';
import { listOf, metadata, number, text } from './shapes.ts';

const props = z
  .object({
    healthCheckConfig: z
      .object({
        healthyThresholdCount: number,
        healthCheckInterval: number,
        healthCheckPath: text,
        healthCheckPort: text,
        healthCheckProtocol: text,
        healthCheckTimeout: number,
        unhealthyThresholdCount: number,
        matcher: z.object({ httpCode: text }).nullish(),
      })
      .nullish(),
  })
  .nullish();

const targetGroupConfiguration = z.object({
  metadata,
  spec: z.object({
    targetReference: z.object({ kind: text, name: z.string() }).nullish(),
    defaultConfiguration: props,
    routeConfigurations: listOf(
      z.object({ routeIdentifier: z.object({ kind: text, namespace: text, name: text }), targetGroupProps: props }),
    ),
  }),
});

const loadBalancerConfiguration = z.object({
  metadata,
  spec: z.object({ mergingMode: text, defaultTargetGroupConfiguration: z.object({ name: z.string() }).nullish() }),
});

const reference = z.object({ group: text, kind: text, name: z.string(), namespace: text }).nullish();

const gateway = z.object({
  metadata,
  spec: z.object({
    gatewayClassName: z.string(),
    infrastructure: z.object({ parametersRef: reference }).nullish(),
  }),
});

const gatewayClass = z.object({ metadata, spec: z.object({ parametersRef: reference }) });

/** Those that the API admits. */
const protocols = ['HTTP', 'HTTPS', 'TCP'] as const;

function propsOf(given: z.output<typeof props>): TargetGroupProps {
  const block = given?.healthCheckConfig;
  if (block === null || block === undefined) return {};
  const healthCheck: Partial<HealthCheck> = known({
    protocol: protocols.find((each) => each === block.healthCheckProtocol),
    port: block.healthCheckPort,
    path: block.healthCheckPath,
    intervalSeconds: block.healthCheckInterval,
    timeoutSeconds: block.healthCheckTimeout,
    healthyThreshold: block.healthyThresholdCount,
    unhealthyThreshold: block.unhealthyThresholdCount,
    successCodes: block.matcher?.httpCode,
  });
  return { healthCheck };
}

/** A reference to anything else than a LoadBalancerConfiguration settles nothing here. */
const configurationIn = (given: z.output<typeof reference>) =>
  given?.kind === 'LoadBalancerConfiguration' ? known({ name: given.name, namespace: given.namespace }) : undefined;

interface Reader {
  shape: z.ZodType<{ metadata: z.output<typeof metadata> }>;
  keep(raw: never, metadata: ObjectMeta, apiVersion: string): GatewayConfiguration;
}

const reader = <Shape extends z.ZodType<{ metadata: z.output<typeof metadata> }>>(
  shape: Shape,
  keep: (raw: z.output<Shape>, metadata: ObjectMeta, apiVersion: string) => GatewayConfiguration,
): Reader => ({ shape, keep: keep as Reader['keep'] });

const readers: Record<GatewayKind['kind'], Reader> = {
  TargetGroupConfiguration: reader(targetGroupConfiguration, ({ spec }, meta, apiVersion) => ({
    kind: 'TargetGroupConfiguration',
    apiVersion,
    metadata: meta,
    spec: known({
      target: spec.targetReference
        ? { kind: spec.targetReference.kind ?? 'Service', name: spec.targetReference.name }
        : undefined,
      defaults: propsOf(spec.defaultConfiguration),
      routes: (spec.routeConfigurations ?? []).map(({ routeIdentifier, targetGroupProps }) =>
        known({
          kind: routeIdentifier.kind ?? '',
          namespace: routeIdentifier.namespace || undefined,
          name: routeIdentifier.name || undefined,
          props: propsOf(targetGroupProps),
        }),
      ),
    }),
  })),
  LoadBalancerConfiguration: reader(loadBalancerConfiguration, ({ spec }, meta, apiVersion) => ({
    kind: 'LoadBalancerConfiguration',
    apiVersion,
    metadata: meta,
    spec: known({ defaults: spec.defaultTargetGroupConfiguration, mergingMode: spec.mergingMode }),
  })),
  Gateway: reader(gateway, ({ spec }, meta) => ({
    kind: 'Gateway',
    metadata: meta,
    spec: known({
      className: spec.gatewayClassName,
      configuration: configurationIn(spec.infrastructure?.parametersRef),
    }),
  })),
  GatewayClass: reader(gatewayClass, ({ spec }, meta) => ({
    kind: 'GatewayClass',
    metadata: meta,
    spec: known({ configuration: configurationIn(spec.parametersRef) }),
  })),
};

/** The kinds whose API group is among those served: without the controller's own group nothing of a Gateway concerns it. */
export const gatewayKindsAmong = (groups: string[]): GatewayKind[] =>
  groups.includes('gateway.k8s.aws') ? gatewayKinds.filter(({ group }) => groups.includes(group)) : [];

/** `list` with the resource as kubectl takes it, for example `list gateways.gateway.networking.k8s.io`. */
export const gatewayActionOf = ({ resource, group }: GatewayKind): string => `list ${resource}.${group}`;

/** How to read one kind from all namespaces, in the best version that is served; none where it is in none. */
export const readGatewayKind =
  (given: GatewayKind) =>
  async (connection: Connection, kept: GatewayConfiguration[] = []): Promise<GatewayConfiguration[]> => {
    const { shape, keep } = readers[given.kind];
    for (const version of given.versions) {
      const apiVersion = `${given.group}/${version}`;
      try {
        const objects = await list(connection, {
          action: gatewayActionOf(given),
          path: `/apis/${apiVersion}/${given.resource}`,
          shape,
          keep: (raw, pool) => keep(raw as never, metadataOf(raw.metadata, pool), apiVersion),
          fromCache: true,
        });
        kept.push(...objects);
        return kept;
      } catch (error) {
        // The next version is asked for only where this one is not served.
        if (statusOf(error) !== 404) throw error;
      }
    }
    return kept;
  };
