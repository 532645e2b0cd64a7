// Modules that the build generates from the Rust crate.

/** The version of the package. */
declare const __VERSION__: string;

declare module "#glue" {
  type NewError = (
    fields: import("../upbit-error.ts").ErrorFields,
    order: import("../index.d.ts").OrderSummary | null,
  ) => Error;

  /** The rate budgets of all copies of the package in a thread. */
  export class Budgets {
    openClient(account: string, requestsPerSecond: number): number;
    closeClient(client: number): void;
  }

  /** The core of one copy of the package. */
  export class Core {
    constructor(budgets: Budgets);
    call(operation: string, first: unknown, options: unknown, newError: NewError): Promise<unknown>;
    previewRequest(orders: unknown, options: unknown, newError: NewError): unknown;
    openClient(options: unknown, newError: NewError): Client;
  }

  /** Keys and options for several calls. */
  export class Client {
    private constructor();
    call(operation: string, first: unknown, options: unknown, newError: NewError): Promise<unknown>;
    previewRequest(orders: unknown, newError: NewError): unknown;
    close(): void;
  }

  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

declare module "#wasm-hex" {
  /** The bytes of the WebAssembly module. */
  const hex: string;
  export default hex;
}

declare module "*/core.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*/core.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
