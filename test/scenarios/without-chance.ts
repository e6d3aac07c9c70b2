/**
 * A report's text without what differs from run to run: tenths of seconds of probes, how many connections met the loss, and the minutes
 * that CloudWatch counted and CloudTrail recorded.
 */
export const withoutChance = (text: string): string =>
  text
    .replace(/"at": "20\d\d-[\dT:-]+Z"/g, '"at": "a moment"')
    .replace(/"20\d\d-\d\d-\d\dT\d\d:\d\d:00Z"/g, '"a minute"')
    .replace(/"minutes": -?\d+/g, '"minutes": "some"')
    .replace(/ on 20\d\d-\d\d-\d\d at \d\d:\d\d UTC/g, ' at a moment')
    .replace(/\d\d:\d\d to \d\d:\d\d UTC/g, 'minute to minute')
    .replace(/(\d+)\.\d s\b/g, '$1 s')
    .replace(/\d+( of \d+ connections from new source ports got no answer, the others did)/g, 'some$1')
    .replace(/( of the node itself lost )\d+( of \d+)/g, '$1some$2');
