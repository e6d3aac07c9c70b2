/** Writes what a release carries for who has no CDK: the template, the code of the functions, the upload, the Terraform module. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseFiles } from './release/release-files.ts';
import { zipped } from './release/zip.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: npm run release-files -- FOLDER');
  process.exit(2);
}
const files = await releaseFiles();
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of Object.entries({ ...files, 'eks-nlb-auditor-without-cdk.zip': zipped(files) })) {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), bytes, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
}
