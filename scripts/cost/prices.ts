/** US dollars in us-east-1, from the price pages of the services. */
export const prices = {
  alarmMonth: 0.1,
  customMetricMonth: 0.3,
  dashboardMonth: 3,
  keyMonth: 1,
  secretMonth: 0.4,
  logGb: 0.5,
  /** Of one unit: a write of up to 1 KB, a consistent read of up to 4 KB. */
  tableWrite: 0.625 / 1e6,
  tableRead: 0.125 / 1e6,
  tableGbMonth: 0.25,
  schedule: 1 / 1e6,
  endpointHour: 0.01,
  objectPut: 0.005 / 1000,
};

/** Runs in 30 days at the default schedule. */
export const runsMonth = (30 * 24 * 60) / 5;
