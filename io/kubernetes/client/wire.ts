import type * as z from 'zod';

/** A value of the generated client as it is in JSON: times are text, and names that clash with keywords are as in the API. */
type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Each)[]
    ? Wire<Each>[]
    : T extends object
      ? { [Key in keyof T as Key extends '_from' ? 'from' : Key extends '_continue' ? 'continue' : Key]: Wire<T[Key]> }
      : T;

/** An object that is stored has a name, whatever the generated type leaves open. */
type Stored<T> = T extends { metadata?: infer Metadata }
  ? Omit<T, 'metadata'> & { metadata: NonNullable<Metadata> & { name: string } }
  : T;

/**
 * A shape that takes whatever the API may answer for this kind: the compiler compares it with the type that
 * `@kubernetes/client-node` generates from the OpenAPI document of Kubernetes.
 */
export const shapeOf =
  <Answer>() =>
  <Shape extends z.ZodType>(shape: Stored<Wire<Answer>> extends z.input<Shape> ? Shape : never): Shape =>
    shape;
