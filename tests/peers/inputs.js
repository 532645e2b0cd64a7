// What every client is given.

export const uuid = "cdd92199-2897-4e14-9448-f923320408ad";

/** A plain one, and those that reveal who encodes and who hashes what. */
export const identifiers = [
  "my-order_1.a~",
  "주문-1",
  "a b",
  "a+b",
  "a%b",
  "50%25",
  "a&b=c",
  "(a)!*'",
  "a/b?c#d",
  "a:b[c]",
];
