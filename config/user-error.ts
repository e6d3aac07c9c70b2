/** Something the caller can fix: one message with what was tried, what came back and what to do; never a stack trace. */
export class UserError extends Error {
  override name = 'UserError';
}
