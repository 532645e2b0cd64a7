/**
 * @param {number} count things that `work` does
 * @param {() => unknown} work
 * @returns {Promise<{ wall: number, cpu: number }>} microseconds for each of them
 */
export async function measure(count, work) {
  const since = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: ((performance.now() - since) * 1000) / count, cpu: (user + system) / count };
}
