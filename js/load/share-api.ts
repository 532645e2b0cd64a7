import type { Core } from "#glue";
import { createApi } from "../api.ts";
import { UpbitError } from "../upbit-error.ts";

type Api = ReturnType<typeof createApi> & { UpbitError: typeof UpbitError };

const key = Symbol.for(`upbit-cancel-order@${__VERSION__}`);

/**
 * Returns the same public functions for every copy of this release in a thread: `import` and `require` load two files, and a
 * bundler may duplicate them in its chunks. Without this, `instanceof UpbitError` would fail across copies.
 */
export function shareApi(load: () => Core): Api {
  const registry = globalThis as unknown as Record<symbol, Api | undefined>;
  const api = registry[key] ?? { ...createApi(load), UpbitError };
  // Does not throw if the global object cannot be extended; each copy is separate then.
  Reflect.defineProperty(globalThis, key, { value: api });
  return api;
}
