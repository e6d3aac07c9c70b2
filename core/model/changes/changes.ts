/** One change around the start of what is wrong. */
export interface ChangeEntry {
  /** RFC 3339. */
  at: string;
  /** Whole minutes after the start, negative before it; absent where the start is not known. */
  minutes?: number;
  /** Who, for people; `null` where no one is named. */
  actor: string | null;
  /** With what, for people; `null` where that is not known. */
  tool: string | null;
  /** What was done, in the words of the API. */
  action: string;
  /** To what, by id or name. */
  object: string;
  /** The fields that matter, for people. */
  detail?: string;
  /** True for the change that the cause follows from. */
  fits?: true;
}

/** What changed around the start of what is wrong, the earliest first. */
export interface Changes {
  /** RFC 3339, to the minute: when it began; absent where that is not known. */
  start?: string;
  entries: ChangeEntry[];
  /** Sentences for people about what may be missing. */
  notes: string[];
}
