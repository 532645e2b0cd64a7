import { execFile, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { tarball } from "./consumer-folder.js";
import { executable } from "./tools.js";

/** A tool of ours or `node`, and its arguments. @typedef {[string, ...string[]]} Command */
/** @typedef {{ cwd: string, desk: string }} Surroundings */

const limitMs = 240_000;

/** No questions, and no reports to the makers. */
const silent = { CI: "1", NEXT_TELEMETRY_DISABLED: "1" };

/** @param {Surroundings} surroundings */
const spawnOptions = ({ cwd, desk }) => ({
  cwd,
  // Nothing of what an npm that started us put into the environment.
  env: { PATH: process.env.PATH, HOME: tmpdir(), DESK: desk, NO_COLOR: "1", ...silent },
});

/** @param {Command} command @param {Surroundings} surroundings @returns {[string, string[]]} */
const resolved = ([tool, ...args], { desk }) => [
  executable(tool),
  args.map((argument) => argument.replace("{desk}", desk).replace("{tarball}", tarball())),
];

/** Runs a command to its end. @param {Command} command @param {Surroundings} surroundings */
export async function runCommand(command, surroundings) {
  const [file, args] = resolved(command, surroundings);
  const options = { ...spawnOptions(surroundings), timeout: limitMs, maxBuffer: 16 * 1024 * 1024 };
  await new Promise((resolve, reject) => {
    execFile(file, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`$ ${command.join(" ")}\n${stdout}${stderr}${error.code}`));
      else resolve(undefined);
    });
  });
}

/**
 * Starts a server and waits until it tells its address.
 * @param {Command} command
 * @param {Surroundings} surroundings
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startServer(command, surroundings) {
  const [file, args] = resolved(command, surroundings);
  const child = spawn(file, args, {
    ...spawnOptions(surroundings),
    stdio: ["ignore", "pipe", "inherit"],
    // A process group of its own, because servers have servers.
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    await ended;
  };
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      const [, inUrl, inEvent] = /:\/\/(?:localhost|127\.0\.0\.1):(\d+)|"port":(\d+)/.exec(line) ?? [];
      if (inUrl ?? inEvent) resolve(inUrl ?? inEvent);
    });
    void ended.then(() => reject(new Error(`${command.join(" ")} ended before it listened`)));
    child.once("error", reject);
  });
  return { url: `http://127.0.0.1:${port}`, stop };
}
