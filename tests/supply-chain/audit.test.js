// What `npm run audit` makes of the tools' answers, which need the network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { questions, verdict } from "../../scripts/audit.mjs";

const [cargo = assert.fail(), npm = assert.fail()] = questions;

/** @param {typeof cargo} question @param {string} output */
const failed = (question, output) => verdict(question, { ok: false, output });

test("a tool that succeeds has asked and found nothing", () => {
  for (const question of questions) assert.equal(verdict(question, { ok: true, output: "" }), "clean");
});

test("a finding is told from an advisory database that does not answer", () => {
  assert.equal(failed(cargo, "error[vulnerability]: …\n\nadvisories FAILED, bans ok"), "findings");
  assert.equal(failed(cargo, "advisories ok, bans FAILED, licenses ok, sources ok"), "findings");
  assert.equal(
    failed(cargo, "[ERROR] failed to fetch advisory database https://…: failed to clone"),
    "unknown",
  );
  assert.equal(failed(npm, "# npm audit report\n\n…\n\n1 high severity vulnerability\n"), "findings");
  assert.equal(failed(npm, "…\n3 vulnerabilities (1 low, 2 high)\n"), "findings");
  assert.equal(failed(npm, "npm error audit endpoint returned an error"), "unknown");
  assert.equal(failed(npm, "npm could not be started: spawn npm ENOENT"), "unknown");
});
