/** Versions of TypeScript that applications have. */
export const compilers = ['5.6', '5.9', '7.0'] as const;

/** Kinds of modules that an application's compiler resolves packages for. */
export const kinds = ['CommonJS', 'node16', 'nodenext', 'bundler'] as const;

type Compiler = (typeof compilers)[number];
type Kind = (typeof kinds)[number];

/** The options of an application like that of `cdk init`, for one kind of modules; both kinds of files where it knows both. */
export function tsconfigOf(kind: Kind, compiler: Compiler): object {
  const modules = {
    // TypeScript 7 resolves no packages as Node.js 10 did.
    CommonJS: { module: 'commonjs', moduleResolution: compiler === '7.0' ? 'bundler' : 'node10' },
    node16: { module: 'node16', moduleResolution: 'node16' },
    nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
    bundler: { module: 'esnext', moduleResolution: 'bundler' },
  }[kind];
  const files = kind === 'CommonJS' ? [] : ['lib/shop-stack-esm.mts'];
  return {
    extends: './tsconfig.json',
    compilerOptions: { ...modules, noEmit: true, isolatedModules: kind !== 'CommonJS' },
    include: [],
    files: ['bin/shop.ts', 'lib/shop-stack.ts', 'test/shop.test.ts', ...files],
  };
}
