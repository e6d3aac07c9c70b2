/** An answer that came and cannot be used: wrong shape, wrong content, pages without end. */
export class InvalidAnswer extends Error {
  override name = 'InvalidAnswer';
  /** The next answer may be a good one: the AWS SDK tries again where an error has this. */
  readonly $retryable = {};
}

/** An answer of more bytes than are read. */
export class TooLarge extends InvalidAnswer {}

/** A read whose time was over; the message says how far it came. */
export class OutOfTime extends Error {
  override name = 'OutOfTime';
}
