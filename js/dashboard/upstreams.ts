// Where the relay may send to: these, and the practice exchange if there is one.

/** Base URLs by what stands in the path, `/relay/<region>/v1/order`. */
/** @typedef {Record<string, string>} Upstreams */

/** @type {Readonly<Upstreams>} */
export const REGIONS = Object.freeze({
  sg: "https://sg-api.upbit.com",
  id: "https://id-api.upbit.com",
  th: "https://th-api.upbit.com",
  kr: "https://api.upbit.com",
});
