/**
 * Rows in columns as wide as their longest cell, in lines of at most `width` columns: where that is too narrow the longest
 * columns give way, and what is cut ends in `…`.
 */
export function table(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const between = 2;
  const excess = () => widths.reduce((sum, each) => sum + each + between, -between) - width;
  while (excess() > 0 && Math.max(...widths) > 1) {
    const longest = widths.indexOf(Math.max(...widths));
    widths[longest] = (widths[longest] ?? 1) - 1;
  }
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join(' '.repeat(between))
      .trimEnd(),
  );
}

const padded = (cell: string, width: number): string =>
  cell.length > width ? `${cell.slice(0, width - 1)}…` : cell.padEnd(width);
