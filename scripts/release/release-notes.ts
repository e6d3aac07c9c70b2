/** The lines under `## <version>` in a changelog, for a tag `v<version>` that has to be the version of the package. */
export function releaseNotes(
  tag: string,
  { changelog, version }: { changelog: string; version: string },
): { text: string } | { problem: string } {
  if (tag !== `v${version}`) return { problem: `The tag is ${tag}, but package.json has version ${version}.` };
  const section = changelog.split(/^## /m).find((text) => text.split('\n', 1)[0]?.split(' ')[0] === version);
  const text = section?.split('\n').slice(1).join('\n').trim();
  return text ? { text } : { problem: `CHANGELOG.md has no section "## ${version}" with entries.` };
}
