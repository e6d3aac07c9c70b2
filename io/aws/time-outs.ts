interface TimeOuts {
  connectionTimeout: number;
  requestTimeout: number;
  socketTimeout: number;
  throwOnRequestTimeout: true;
}

/** Milliseconds to connect; then to the head of the answer, and between two pieces of it. */
const timeOuts = (connectMs: number, answerMs: number): TimeOuts => ({
  connectionTimeout: connectMs,
  requestTimeout: answerMs,
  socketTimeout: answerMs,
  throwOnRequestTimeout: true,
});

/** Time-outs of every call to AWS that nothing shorter is said of. */
export const requestHandler: TimeOuts = timeOuts(3000, 20_000);

/** Options of a call to STS about who calls, whose answer is small: what hangs there holds up the run three times. */
export const whoCalls = { requestTimeout: 5000 };

/** Settings of clients whose calls have small answers and must leave time to note what became of them: two tries of five seconds. */
export const briefly = { maxAttempts: 2, requestHandler: timeOuts(2000, 5000) };

/** The same where a person waits: two tries of two seconds. */
export const atOnce = { maxAttempts: 2, requestHandler: timeOuts(1000, 2000) };
