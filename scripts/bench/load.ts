/** Loads a bundle in a fresh process and prints the milliseconds that it took. */
const [bundle = ''] = process.argv.slice(2);
const began = performance.now();
await import(bundle);
console.log(
  JSON.stringify({ loadMs: performance.now() - began, rssMb: Math.round(process.memoryUsage().rss / 2 ** 20) }),
);
process.exit(0);
