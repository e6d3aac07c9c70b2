import { jsonText } from '../core/render/machine/json-text.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/**
 * Writes one line of JSON to stdout. `fields` must hold no credentials: names of secrets and ARNs, never their values.
 */
export function log(level: LogLevel, message: string, fields: Record<string, unknown> = {}): void {
  process.stdout.write(`${jsonText({ timestamp: new Date().toISOString(), level, message, ...fields })}\n`);
}
