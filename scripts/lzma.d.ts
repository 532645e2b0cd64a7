declare module "lzma" {
  /**
   * To the format of .lzma files: a header of 13 bytes, then what was compressed. The bytes have a sign.
   * @param level from 1 for fast to 9 for small
   */
  export function compress(bytes: Uint8Array, level: number): number[];
}
