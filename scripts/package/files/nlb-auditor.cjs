#!/usr/bin/env node
// Plain CommonJS, so that an old Node.js runs it as far as its answer.
if (require('./node-version.cjs')()) void import('./program/main.mjs');
else process.exitCode = 2;
