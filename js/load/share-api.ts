import type { Core } from "#glue";
import { createApi } from "../api.ts";
import { UpbitError } from "../upbit-error.ts";

type Api = ReturnType<typeof createApi> & { UpbitError: typeof UpbitError };

const key = Symbol.for(`upbit-cancel-order@${__VERSION__}`);

/**
 * The public functions, the same for every copy of this release in one thread: `import` and `require` load
 * two files, and a bundler may put one more in each of its chunks. Were each on its own, an error of one copy would be no
 * `UpbitError` of another.
 */
export function shareApi(load: () => Core): Api {
  const registry = globalThis as unknown as Record<symbol, Api | undefined>;
  const api = registry[key] ?? { ...createApi(load), UpbitError };
  // Without throwing where nothing may be added to the global object: there each copy is on its own.
  Reflect.defineProperty(globalThis, key, { value: api });
  return api;
}
