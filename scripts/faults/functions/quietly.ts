/** Does it while what is written to standard output is kept instead: functions write their log there. */
export async function quietly<Value>(lines: string[], act: () => Promise<Value>): Promise<Value> {
  const { write } = process.stdout;
  process.stdout.write = (text: string | Uint8Array) => lines.push(String(text)) > 0;
  try {
    return await act();
  } finally {
    process.stdout.write = write;
  }
}
