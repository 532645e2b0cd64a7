// How monocart-coverage-reports is to read what scripts/coverage.mjs has collected.
const packageFile = /\/upbit-cancel-order\/[\w.-]+\.c?js$/;
const ownSource = /^(js|www)\//;

export default {
  name: "JavaScript",
  dataDir: "target/coverage/v8",
  outputDir: "target/coverage/report",
  reports: [["console-details", { maxCols: 100 }], "json-summary", "v8"],
  entryFilter: (/** @type {{ url: string }} */ { url }) => packageFile.test(url) || /\/(js|www)\//.test(url),
  sourceFilter: (/** @type {string} */ path) => ownSource.test(path),
};
