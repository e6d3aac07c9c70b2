/** Loads a module in a fresh process and prints what it took as JSON. */
const [module = ''] = process.argv.slice(2);
const [cpu, began] = [process.cpuUsage(), performance.now()];
await import(module);
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    loadMs: performance.now() - began,
    cpuMs: (user + system) / 1000,
    rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
  }),
);
process.exit(0);
