/** What the user can put right: told in words, without a stack, and the exit status is 2. */
export class UsageError extends Error {
  /**
   * @param {string} message one line, with nothing in it that could be a secret
   * @param {string} [advice] what to do about it; default: where to read more
   */
  constructor(message, advice = "Try 'upbit-cancel-order --help'.") {
    super(message);
    this.advice = advice;
  }
}
