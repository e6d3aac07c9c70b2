/** US dollars in us-east-1, from the price pages of the services. */
export const prices = {
  alarmMonth: 0.1,
  /** Of an alarm on a Metrics Insights query: each metric that the query analyzes. */
  alarmQueryMetricMonth: 0.1,
  customMetricMonth: 0.3,
  dashboardMonth: 3,
  keyMonth: 1,
  secretMonth: 0.4,
  logGb: 0.5,
  /** Of GetMetricData: each metric that a call asks for. */
  metricRead: 0.01 / 1000,
  /** Of up to 1 KB. */
  tableWrite: 0.625 / 1e6,
  /** Of up to 4 KB, or 8 KB where an older answer will do. */
  tableRead: 0.125 / 1e6,
  tableGbMonth: 0.25,
  schedule: 1 / 1e6,
  endpointHour: 0.01,
  objectPut: 0.005 / 1000,
  objectGet: 0.0004 / 1000,
  /** Of a Standard execution of Step Functions. */
  transition: 0.025 / 1000,
  expressRequest: 1 / 1e6,
  expressGbSecond: 0.00001667,
  /** Of SQS: a message is sent, received and deleted. */
  queueRequest: 0.4 / 1e6,
  /** On arm64. */
  fargateCpuHour: 0.03238,
  fargateGbHour: 0.00356,
} as const;

export const hoursMonth = 730;
/** Runs in 30 days at the default schedule. */
export const runsMonth = (30 * 24 * 60) / 5;
