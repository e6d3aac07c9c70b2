// Plain CommonJS without new syntax: it has to run on the old Node.js that it warns of.
module.exports = function isNewEnough() {
  const version = process.versions.node.split('.').map(Number);
  if (version[0] > 22 || (version[0] === 22 && version[1] >= 19)) return true;
  console.error(`eks-nlb-auditor: this is Node.js ${process.versions.node}; install 22.19 or newer.`);
  return false;
};
