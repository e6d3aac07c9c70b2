/** Time-outs of every call to AWS, in milliseconds: to connect, to the head of the answer, and between two pieces of it. */
export const requestHandler = {
  connectionTimeout: 3000,
  requestTimeout: 20_000,
  socketTimeout: 20_000,
  throwOnRequestTimeout: true,
};

/** Settings of clients whose calls have small answers and must leave time to note what became of them: two tries of five seconds. */
export const briefly = {
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 2000,
    requestTimeout: 5000,
    socketTimeout: 5000,
    throwOnRequestTimeout: true,
  },
};

/** The same where a person waits: two tries of two seconds. */
export const atOnce = {
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 2000,
    socketTimeout: 2000,
    throwOnRequestTimeout: true,
  },
};
