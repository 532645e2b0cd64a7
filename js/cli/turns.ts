/**
 * Passes results on in the order of their requests, each as soon as all before it have come.
 *
 * @template {{ request: object }} T
 * @param {object[]} requests
 * @param {(result: T) => void} pass
 * @returns {(result: T) => void}
 */
export function inTurn(requests, pass) {
  /** @type {Map<object, T>} */
  const early = new Map();
  let turn = 0;
  return (result) => {
    early.set(result.request, result);
    for (;;) {
      const request = requests[turn];
      const next = request && early.get(request);
      if (!request || !next) return;
      early.delete(request);
      turn += 1;
      pass(next);
    }
  };
}
