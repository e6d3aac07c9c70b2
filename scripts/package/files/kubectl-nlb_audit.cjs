#!/usr/bin/env node
// `kubectl nlb-audit` is `nlb-auditor audit` in the current context of kubectl; options that are given count more.
process.argv.splice(2, 0, 'audit', '--context');
require('./nlb-auditor.cjs');
