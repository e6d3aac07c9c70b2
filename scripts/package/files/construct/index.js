// What an application requires or imports. Nothing else is loaded before the version of Node.js is known.
if (!require('../node-version.cjs')()) throw new Error('eks-nlb-auditor needs Node.js 22.19 or newer');
module.exports = require('./construct.js');
