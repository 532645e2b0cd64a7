// The parts of a batch's results that only one of the two kinds has, to compare many results at once.
import type { CancelResult, UpbitError } from "upbit-cancel-order";

/** The error of an entry. `undefined`: there is no such entry, or it has none. */
export const errorOf = (result: CancelResult<unknown> | undefined): UpbitError | undefined =>
  result === undefined || result.ok ? undefined : result.error;

/** The order of an entry. `undefined`: there is no such entry, or it has none. */
export const orderOf = <O>(result: CancelResult<O> | undefined): O | undefined =>
  result?.ok ? result.order : undefined;
