/** Numbers that only look random: the same text gives the same number, on every machine. */

const multipliers = [597_399_067, 2_869_860_233, 951_274_213, 2_716_044_179] as const;
const firstWords = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762] as const;

/** Four numbers of 32 bits that depend on every letter of the text. */
function wordsOf(text: string): readonly [number, number, number, number] {
  let [one, two, three, four]: [number, number, number, number] = [...firstWords];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    one = two ^ Math.imul(one ^ letter, multipliers[0]);
    two = three ^ Math.imul(two ^ letter, multipliers[1]);
    three = four ^ Math.imul(three ^ letter, multipliers[2]);
    four = one ^ Math.imul(four ^ letter, multipliers[3]);
  }
  one = Math.imul(three ^ (one >>> 18), multipliers[0]);
  two = Math.imul(four ^ (two >>> 22), multipliers[1]);
  three = Math.imul(one ^ (three >>> 17), multipliers[2]);
  four = Math.imul(two ^ (four >>> 19), multipliers[3]);
  return [(one ^ two ^ three ^ four) >>> 0, (two ^ one) >>> 0, (three ^ one) >>> 0, (four ^ one) >>> 0];
}

/** A number from 0 up to, and without, `below`. */
export function drawn(text: string, below: number): number {
  return wordsOf(text)[0] % below;
}

/** A UUID of version 4, as far as its form goes. */
export function uuidOf(text: string): string {
  const hex = wordsOf(text)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('');
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
