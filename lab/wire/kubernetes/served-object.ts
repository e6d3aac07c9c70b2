import type { EventsV1Event, V1Endpoints } from '@kubernetes/client-node';
import type { CustomResource, Event, Filled, Kinds, NamespacedMetadata } from '../../world/kubernetes-object.ts';
import type { Wire } from '../../world/wire.ts';

/** The Endpoints of a Service, which the lab derives from its EndpointSlices. */
export type Endpoints = Filled<
  V1Endpoints,
  {
    apiVersion: 'v1';
    kind: 'Endpoints';
    metadata: Pick<NamespacedMetadata, 'name' | 'namespace' | 'creationTimestamp' | 'resourceVersion' | 'uid'>;
  }
>;

/** An event as `events.k8s.io/v1` has it. */
export type NewerEvent = Filled<
  EventsV1Event,
  {
    apiVersion: 'events.k8s.io/v1';
    kind: 'Event';
    metadata: NamespacedMetadata;
    eventTime: string | null;
    regarding: Event['involvedObject'];
    note: string;
    type: string;
    reason: string;
    deprecatedLastTimestamp: string;
    deprecatedSource: Wire<EventsV1Event>['deprecatedSource'];
  }
>;

/** Kinds that the lab knows the fields of, by name. */
export type ServedKinds = Omit<Kinds, 'Event'> & { Endpoints: Endpoints; Event: Event | NewerEvent };

/** An object that the API server of the lab answers with. */
export type ServedObject = ServedKinds[keyof ServedKinds] | CustomResource;

/** True for an object of that kind of Kubernetes itself, or of a TargetGroupBinding. */
export const isServedAs = <Kind extends keyof ServedKinds>(
  object: ServedObject,
  kind: Kind,
): object is ServedKinds[Kind] => object.kind === kind;
