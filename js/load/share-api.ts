import { createApi } from "../api.ts";
import { UpbitError } from "../upbit-error.ts";

/** @typedef {ReturnType<typeof createApi> & { UpbitError: typeof UpbitError }} Api */

const key = Symbol.for(`upbit-cancel-order@${__VERSION__}`);

/**
 * The public functions, the same for every copy of this release in one process: `import` and `require` load
 * two files, and a bundler may put one more in each of its chunks. Were each on its own, the requests of an
 * account would be counted apart, and an error of one copy would be no `UpbitError` of another.
 *
 * @param {() => import("../api.ts").Core} load
 * @returns {Api}
 */
export function shareApi(load) {
  /** @type {Record<symbol, Api | undefined>} */
  const registry = /** @type {any} */ (globalThis);
  const api = registry[key] ?? { ...createApi(load), UpbitError };
  // Without throwing where nothing may be added to the global object: there each copy is on its own.
  Reflect.defineProperty(registry, key, { value: api });
  return api;
}
