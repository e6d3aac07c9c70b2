/** One thing that an audit needs, and whether it is there. */
export interface Examination {
  /** For example `ec2:DescribeSubnets` or `shop: list pods`. */
  what: string;
  ok: boolean;
  /** What was seen, one line, without secrets. */
  saw: string;
  /** Commands or lines of the configuration that fix it; empty where all is well. */
  mend: string[];
}
