/** Redacts hostile texts of one size in a process of its own, and prints the slowest as JSON. */

import { redactSecrets } from '../../../core/redaction/redact-secrets.ts';
import { hostilePieces } from '../stand-in/hostile-text.ts';
import type { RedactionRun } from './redaction.ts';

const characters = Number(process.argv[2]);
const warmUp = hostilePieces.join(' ');
for (let round = 0; round < 50; round += 1) redactSecrets(warmUp);

const runs = hostilePieces.map((piece): RedactionRun => {
  const text = piece.repeat(Math.ceil(characters / piece.length)).slice(0, characters);
  const before = process.cpuUsage();
  redactSecrets(text);
  const { user, system } = process.cpuUsage(before);
  return { characters, piece, cpuMs: (user + system) / 1000 };
});
console.log(JSON.stringify(runs));
