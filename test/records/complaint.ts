/**
 * A complaint without what differs from call to call: ids of requests, and the words that AWS puts behind the code of its
 * error, which the controllers' stand-in for AWS made up.
 */
export const withoutDetails = (message: string): string =>
  message
    .replace(/, RequestID: [0-9a-f-]+/, '')
    .replace(/(https response error StatusCode: \d+, (?:api error )?[A-Za-z]+): .*$/s, '$1')
    .replace(/for eni eni-[0-9a-f]+, got: \[[^\]]*\]/, 'for eni, got: […]');
