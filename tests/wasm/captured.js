// The package with its WebAssembly in view: the memory of every instance that was started.
/** @type {WebAssembly.Memory[]} */
export const memories = [];

const Instance = WebAssembly.Instance;
/** Whether the next start of an instance fails. */
export const nextStart = { fails: false };

WebAssembly.Instance = /** @type {any} */ (
  class extends Instance {
    /** @param {ConstructorParameters<typeof Instance>} args */
    constructor(...args) {
      if (nextStart.fails) {
        nextStart.fails = false;
        throw new WebAssembly.LinkError("refused for a test");
      }
      super(...args);
      memories.push(/** @type {WebAssembly.Memory} */ (this.exports.memory));
    }
  }
);

/** Whether the bytes are anywhere in the memory of any instance. @param {Buffer} bytes */
export function inMemory(bytes) {
  return memories.some(({ buffer }) => Buffer.from(buffer).includes(bytes));
}

export const installed = await import("../package/installed.js");
