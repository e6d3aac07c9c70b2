/** A report's text without what differs from run to run: tenths of seconds of probes, and how many connections met the loss. */
export const withoutChance = (text: string): string =>
  text
    .replace(/(\d+)\.\d s\b/g, '$1 s')
    .replace(/\d+( of \d+ connections from new source ports got no answer, the others did)/g, 'some$1')
    .replace(/( of the node itself lost )\d+( of \d+)/g, '$1some$2');
