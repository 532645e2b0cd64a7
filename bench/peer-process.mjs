// One peer in a process of its own, so that no peer pays for another's garbage. Does the work it is told to.
const peer = process.argv[2];

process.on("message", async (/** @type {{ work: string, input: any }} */ { work, input }) => {
  try {
    const { default: run } = await import(`./work/${work}.mjs`);
    process.send?.({ result: await run(peer, input) });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.stack : String(error) });
  }
});

// Not left behind when the benchmark is stopped.
process.on("disconnect", () => process.exit());
