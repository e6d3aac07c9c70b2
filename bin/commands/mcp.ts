import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type JudgingOptions, judgingOf } from '../judging.ts';
import { buildServer } from '../mcp/server.ts';
import { sayAside } from '../say.ts';
import type { SessionOptions } from '../session.ts';

export interface McpOptions extends SessionOptions, JudgingOptions {
  table?: string;
}

/** Serves the Model Context Protocol on standard input and output until the client closes them. */
export function serveMcp(options: McpOptions): void {
  const place = { ...options, judging: judgingOf(options) };
  serveStdio(() => buildServer(place), { onerror: ({ message }) => sayAside(`nlb-auditor mcp: ${message}`) });
}
