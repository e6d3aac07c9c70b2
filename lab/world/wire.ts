/** A value of the Kubernetes client as it is in JSON: times are text, and names that clash with keywords are as in the API. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Each)[]
    ? Wire<Each>[]
    : T extends object
      ? { [Key in keyof T as Key extends '_from' ? 'from' : Key]: Wire<T[Key]> }
      : T;
