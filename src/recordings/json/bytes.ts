/** The bytes of which the tokens of JSON are made, and the one that ends a line. */
export const lineFeed = 0x0a,
  quote = 0x22,
  plus = 0x2b,
  comma = 0x2c,
  minus = 0x2d,
  dot = 0x2e,
  zero = 0x30,
  nine = 0x39,
  colon = 0x3a,
  openList = 0x5b,
  backslash = 0x5c,
  closeList = 0x5d,
  lowerE = 0x65,
  letterU = 0x75,
  openObject = 0x7b,
  closeObject = 0x7d;

/** A newline, as bytes. */
export const newline = Uint8Array.of(lineFeed);

/** Whether a byte is a decimal digit. */
export const isDigit = (byte: number): boolean => byte >= zero && byte <= nine;

/** Whether a byte is a hexadecimal digit. */
export const isHex = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
