/** Waits for all of them, also when one fails, so that nothing goes on in secret; then throws the first failure. */
export async function allDone<Value>(promises: Promise<Value>[]): Promise<Value[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
