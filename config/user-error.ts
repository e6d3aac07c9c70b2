/** Something the caller can fix: one message with what was tried, what came back and what to do; never a stack trace. */
export class UserError extends Error {
  override name = 'UserError';
}

/** A name that an account and Region does not have; another one may. */
export class NotHere extends UserError {}

/** Nothing of AWS answered, so that nothing could be read; a later try may succeed. */
export class NoAnswer extends UserError {}
