// Where the relay can send to, as the page calls it.

/**
 * @typedef {object} RegionChoice
 * @property {string} value what stands in the relay's path
 * @property {string} name
 * @property {string} host
 */

/** @type {readonly RegionChoice[]} */
export const REGIONS = [
  { value: "sg", name: "Singapore", host: "https://sg-api.upbit.com" },
  { value: "id", name: "Indonesia", host: "https://id-api.upbit.com" },
  { value: "th", name: "Thailand", host: "https://th-api.upbit.com" },
  { value: "kr", name: "Korea", host: "https://api.upbit.com" },
];

/** @type {RegionChoice} */
export const PRACTICE = { value: "practice", name: "Practice", host: "the practice exchange" };
