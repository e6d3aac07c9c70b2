/** Time-outs of every call to AWS, in milliseconds: to connect, to the head of the answer, and between two pieces of it. */
export const requestHandler = {
  connectionTimeout: 3000,
  requestTimeout: 20_000,
  socketTimeout: 20_000,
  throwOnRequestTimeout: true,
};
