// Values of kinds that nobody should pass, and objects that behave as no object should.

/** @typedef {(below: number) => number} Random */
/** @typedef {Record<string, unknown>} Members */

const MIB = "x".repeat(2 ** 20);

/** @returns {never} */
function refuse() {
  throw new Error("a trap of the caller's");
}

/** @param {object} target */
export function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const traps = ["get", "has", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf", "apply", "construct"];

const refusal = Object.fromEntries(traps.map((trap) => [trap, refuse]));

/** A proxy that throws, whatever is done with it. @param {object} target */
export const throwing = (target) => new Proxy(target, refusal);

/** @type {(() => unknown)[]} */
const values = [
  () => undefined,
  () => null,
  () => true,
  () => 0,
  () => -0,
  () => NaN,
  () => -Infinity,
  () => 2 ** 53,
  () => 7n,
  () => Symbol("a symbol"),
  () => Symbol.iterator,
  () => "",
  () => "\0",
  () => "\ud800",
  () => "\udfff\ud800",
  () => "a\r\nAuthorization: b",
  () => "__proto__",
  () => "constructor",
  () => MIB,
  () => `${MIB}\ud83d`,
  () => new String("boxed"),
  () => [],
  () => ["sg"],
  () => new Date(NaN),
  () => refuse,
  () => class {},
  () => Object.create(null),
  () => ({ toString: refuse, valueOf: refuse, toJSON: refuse, [Symbol.toPrimitive]: refuse }),
  () => ({ toString: () => "sg", toJSON: () => "sg", [Symbol.toPrimitive]: () => "sg" }),
  () => throwing({}),
  () => throwing(refuse),
  () => revoked({}),
  () => revoked([]),
  () => new Uint8Array(8),
  () => Promise.resolve("sg"),
  () => globalThis,
];

/** @param {Random} random */
export const hostileValue = (random) => values[random(values.length)]?.();

/** Ways to hand over members. @type {((members: Members) => unknown)[]} */
const holders = [
  (members) => members,
  (members) => Object.freeze(members),
  (members) => Object.assign(Object.create(null), members),
  (members) => Object.create(members),
  (members) => new Proxy(members, {}),
  (members) => withGetters(members),
  (members) => ({ ...members, toJSON: () => ({ uuid: "another" }), then: undefined }),
  (members) => ({ ...members, ["__proto__"]: { uuid: "another", identifier: "another" } }),
];

/** Each can be read once: whoever looks twice meets an exception. @param {Members} members */
function withGetters(members) {
  const unread = new Set(Object.keys(members));
  const read = (/** @type {string} */ name) => (unread.delete(name) ? members[name] : refuse());
  const getters = [...unread].map((name) => [name, { get: () => read(name) }]);
  return Object.defineProperties({}, Object.fromEntries(getters));
}

/**
 * Members of which some are replaced by what does not belong there.
 * @param {Random} random
 * @param {Members} members
 * @param {string[]} more names that may come in addition
 */
export function hostileObject(random, members, more = []) {
  const names = [...Object.keys(members), ...more];
  const changed = { ...members };
  for (let count = random(3); count > 0; count -= 1) {
    changed[names[random(names.length)] ?? ""] = hostileValue(random);
  }
  if (random(12) === 0) return hostileValue(random);
  if (random(12) === 0) return throwing(changed);
  return holders[random(holders.length)]?.(changed);
}
