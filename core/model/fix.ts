import type { HealthCheck } from './aws.ts';
import type { Controller } from './owner.ts';

/** Settings of a health check as a command spells them: values or `{name}`. */
export type Settings = Partial<Record<keyof HealthCheck, string>>;

/** Plain JSON in which a string may hold `{name}`, and `{name#}` alone stands for a number. */
export type Template = string | number | boolean | null | Template[] | { [field: string]: Template };

/** An object as kubectl names it, for example `service {service}` or `{workload}`; without `in` where its kind has no namespace. */
export interface ObjectName {
  object: string;
  in?: string;
  /** The context of another cluster than the one that owns the target group. */
  context?: string;
}

/** What a step of a fix changes. Its object is the Service of the target group where none is named. */
export type Change =
  /** By the annotations of the Service where its controller carries them out, else on the target group; `annotate` replaces the usual annotations. */
  | { healthCheck: Settings; annotate?: Record<string, string | null> }
  /** Of the target group, as Elastic Load Balancing names it: by annotations of the Service where its controller carries them out, else on the target group. */
  | { attribute: string; to: string }
  /** `null` removes an annotation. */
  | { annotate: Record<string, string | null>; on?: ObjectName }
  | { label: Record<string, string | null>; on: ObjectName; selected?: string }
  /** Fields as a merge patch; as a whole in a value where `patch` is `{name}`. */
  | { patch: Template; on?: ObjectName; type?: 'merge' | 'strategic' | 'json' }
  /** A field of the port of the Service at `{index}`. */
  | { servicePort: 'targetPort' | 'nodePort'; to: string }
  | { selector: string }
  /** Environment variables of one container of a DaemonSet. */
  | { env: Record<string, string | null>; container: string; on: ObjectName }
  | { scale: number; on: ObjectName }
  | { restart: ObjectName }
  | { remove: ObjectName & { selector?: string; fields?: string } }
  /** A manifest in a value, as JSON. */
  | { create: string; in: string }
  /** Makes a controller compare again and changes nothing that it reads. */
  | { wake: 'service' | 'binding' | 'gateway' }
  /** Commands of a shell in a privileged pod in the network of a node, with the tools of its own image: nodes of Bottlerocket and Auto Mode have none. */
  | { debugNode: string }
  /** An operation of the AWS CLI with its options, `true` for those without a value. */
  | { aws: string; options: Record<string, string> }
  /** Any other command, and the one that takes it back; what it disturbs is written beside it. */
  | { run: string; back?: string };

/** A command that only reads; the cluster, the Region and the namespace are put in. */
export type Look = { kubectl: string; in?: string } | { aws: string; options?: string };

/** What a change disturbs beside its object, or why it is nothing. */
export type Disturbance = string | { nothing: string };

/**
 * One step of a fix as a check declares it: a change or a look as data, from which the command, the manifest, what it disturbs
 * and how to take it back follow. `{name}` is filled from the evidence and from the target group's surroundings.
 */
export interface Step {
  text: string;
  change?: Change;
  look?: Look;
  /** A value of the evidence without which the step is left out. */
  when?: string;
  /** The controllers for whose target groups it is meant: it is left out for those of others. */
  only?: readonly Controller[];
  /** An add-on that EKS does not manage here: the step is left out where it does. */
  unmanaged?: string;
  /** True where it takes effect only together with the next step. */
  withNext?: true;
  /** Where the change itself does not say it. */
  disturbs?: Disturbance;
  /** What else can go wrong when this is run. */
  danger?: string;
  /** How to take it back, where the change itself does not say it. */
  undo?: string;
  /** How to see that it worked; the health of the targets where a check names nothing nearer. */
  verify?: string;
}

/** A change as who owns the object writes it, so that it lasts. */
export interface Manifest {
  /** What writes the object again and again, for example `Argo CD application shop`; absent where no mark shows any. */
  owner?: string;
  /** For example `the source of Argo CD application shop`, or `the manifest of Service shop/web`. */
  where: string;
  /** What undoes the command, for example `the next sync`; only with an owner, and where that holds what the command changes. */
  undoneBy?: string;
  language: 'yaml' | 'hcl';
  text: string;
}

/** One step of a fix as it is reported, complete. */
export interface Fix {
  text: string;
  /** What has to be run once before `command`: it makes the context of the cluster that the command names. */
  prepare?: string;
  command?: string;
  /** What can go wrong when this is run: what it disturbs, and more. */
  danger?: string;
  /** How to see that it worked; of changes that take effect only together it stands at the last one. */
  verify?: string;
  /** The same change for who owns the object; with an owner it comes first, and the command lasts until `undoneBy`. */
  manifest?: Manifest;
  /** Of a step that changes something: what else it touches, or that it is nothing. */
  disturbs?: string;
  /** Of a step that changes something: how to take it back, with a command where the former value is known. */
  undo?: { text: string; command?: string };
}
