/** Three digits that count, and no more. @param {number} value */
export function short(value) {
  if (Number.isInteger(value)) return String(value);
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(decimals);
}

/** @param {import("../statistics.mjs").Spread} spread */
export function withQuartiles({ median, low, high }) {
  return low === high ? short(median) : `${short(median)} (${short(low)} to ${short(high)})`;
}
