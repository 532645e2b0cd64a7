// What exists only after the build has made it out of the Rust crate.

/** The version of the package. */
declare const __VERSION__: string;

declare module "#glue" {
  type Api = typeof import("upbit-cancel-order");

  /** The core. One for each process: it counts the requests of all accounts. */
  export class Core {
    cancelOrder: Api["cancelOrder"];
    cancelOrders: Api["cancelOrders"];
    previewRequest(...order: Parameters<Api["previewRequest"]>): Awaited<ReturnType<Api["previewRequest"]>>;
    openClient(options: ConstructorParameters<Api["UpbitClient"]>[0]): InstanceType<Api["UpbitClient"]>;
  }

  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

declare module "#wasm-base64" {
  /** The bytes of the WebAssembly module. */
  const base64: string;
  export default base64;
}

declare module "#wasm-compressed" {
  /** The same bytes after DEFLATE. */
  export const base64: string;
  /** How many bytes they are before it. */
  export const size: number;
}

declare module "*/core.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*/core.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
