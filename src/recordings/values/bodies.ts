import { placeOf, reportText, type Context } from './context.ts';
import { isObject, memberOf, reportField } from './fields.ts';
import { parseJsonText } from '../json/text.ts';

/** What is said of a body beside itself. */
export interface Declared {
  /** The type of its contents, in any form; absent: nothing is said. */
  readonly type?: string | undefined;
  /** Whether it is said to be in base64. */
  readonly isEncoded?: boolean;
  /** Whether the exchange broke off. */
  readonly isBroken?: boolean;
}

/** Whether a body of this type is JSON. */
export const isJsonType = (type: string): boolean => /json/i.test(type);

/** What base64 is made of, in both alphabets, maybe in lines. */
const base64 = /^[A-Za-z0-9+/_-][A-Za-z0-9+/_\s-]*={0,2}\s*$/;

/** Whether a text begins as a list or an object does. */
export const isStructured = (text: string): boolean => /^\s*[[{]/.test(text);

/** Whether a text begins as gzip does. */
const isGzip = (text: string): boolean => text.startsWith('\u001f');

/** How gzip begins in base64. */
const encodedGzip = 'H4sI';

/** Whether a text that spells none in base64 may be compressed bytes in it; shorter ones hold no answer. */
const isPacked = (text: string): boolean =>
  text.length >= 24 && !text.includes(' ') && bytesOfBase64(text) !== undefined;

/** Changes texts in a document or in lines by what a function makes of each. */
const changing = (change: string): string =>
  `node -e 'const [f] = process.argv.slice(1), text = require("fs").readFileSync(f, "utf8"), change = (_, v) => { if (typeof v === "string") ${change} return v }; let all = [text]; try { JSON.parse(text) } catch { all = text.trim().split("\\n") } for (const one of all) console.log(JSON.stringify(JSON.parse(one, change)))' FILE | oz-status check -`;

/** Unpacks all texts that are compressed and in base64, in whichever way programs for the web compress. */
const unpacking = changing(
  `{ const z = require("zlib"), input = Buffer.from(v, "base64"); for (const by of v.startsWith("KLUv") ? [z.zstdDecompressSync ?? (() => require("child_process").execFileSync("zstd", ["-dc"], { input }))] : [z.unzipSync, z.brotliDecompressSync, z.inflateRawSync]) try { const t = by(input).toString(); if (/^\\s*[[{]/.test(t)) return t } catch {} }`,
);

/** Reports a body that is compressed. */
function reportCompressed(text: string, pointer: string, context: Context): void {
  const another = 'Record answers that are not compressed: send Accept-Encoding: identity while recording';
  context.out.find('SHAPE_UNKNOWN', placeOf(context, pointer), {
    message: 'expected the body of an answer, received compressed bytes',
    hint: isGzip(text) ? `${another}.` : `${another}; or unpack them: ${unpacking}`,
  });
}

/** A text that begins as JSON does in a form or an address. */
const inAForm = /^(?:[\w.-]+=[^&]*&)*(?:[\w.-]+=)?%(?:7B|5B)/i;

/** What to do with JSON in a form, or written as in an address. */
const formHint = `This is JSON as a form or an address has it: ${changing(
  `if (${String(inAForm)}.test(v)) return [...new URLSearchParams(v).entries()].flat().find((one) => /^[[{]/.test(one)) ?? v;`,
)}`;

/** What keeps JSON from being run as a script, or makes it one, and the JSON. */
const guarded =
  /^\s*(?:\)\]\}',?|while\s*\(1\);|for\s*\(;;\);|(?:\/\*[^*]*\*\/)?\s*(?:typeof \w+ === 'function' && )?[\w$.]+\((?=[^]*\);?\s*$))\s*([[{][^]*?)(?:\);?\s*)?$/;

/** The text without what stands around its JSON. */
const unguarded = (text: string): string => (isStructured(text) ? text : (guarded.exec(text)?.[1] ?? text));

/**
 * The value that the text of a body spells; undefined, and reported or counted, where it spells none. What is declared of
 * a body is often wrong or missing. A text that begins as a list or an object is no base64, and what spells one in base64
 * is no other text, so that neither needs to be declared; and what is JSON is read, whatever its type is said to be.
 */
export function valueOfBody(
  text: string,
  { type, isEncoded = false, isBroken = false }: Declared,
  pointer: string,
  context: Context,
): { readonly value: unknown } | undefined {
  const plain = unguarded(text.startsWith('\ufeff') ? text.slice(1) : text);
  const decoded = isStructured(plain) ? undefined : decodeBase64(plain);
  const isOther = type !== undefined && type !== '' && !isJsonType(type);
  const isGivenUp = decoded === undefined && !isStructured(plain) && !isOther && !isBroken;
  if (isGzip(plain) || plain.startsWith(encodedGzip) || (isGivenUp && isPacked(plain))) {
    reportCompressed(plain, pointer, context);
    return undefined;
  }
  if (isEncoded && isGivenUp) {
    reportField(context, pointer, 'UTF-8 text in base64', text);
    return undefined;
  }
  const isDecoded = decoded !== undefined && (isEncoded || isStructured(unguarded(decoded)));
  const parsed = parseJsonText(isDecoded ? unguarded(decoded) : plain, context.maxDepth);
  if (!('problem' in parsed)) {
    const { value } = parsed;
    const isText = typeof value === 'string' && isStructured(value);
    return isText ? valueOfBody(value, {}, pointer, context) : parsed;
  }
  if (isBroken) context.out.ignore('noAnswer');
  else if (isOther && parsed.problem.code === 'JSON_INVALID') context.out.ignore('notJson');
  else reportText(context, pointer, { ...parsed.problem, ...(inAForm.test(plain) && { hint: formHint }) });
  return undefined;
}

/** The text of a list or an object that another one spells in base64; that one itself where it spells none. */
export function jsonIn(text: string): string {
  const decoded = isStructured(text) ? undefined : decodeBase64(text);
  return decoded !== undefined && isStructured(decoded) ? decoded : text;
}

/** The text that another one spells in base64; undefined where it spells none. */
export function decodeBase64(text: string): string | undefined {
  const bytes = bytesOfBase64(text);
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function bytesOfBase64(text: string): Uint8Array | undefined {
  if (!base64.test(text)) return undefined;
  try {
    const usual = text.replaceAll('-', '+').replaceAll('_', '/');
    return Uint8Array.from(atob(usual), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The text that a list of bytes spells, also in a buffer of Node as JSON writes it; undefined for anything else. */
export function textOfBytes(value: unknown): string | undefined {
  const data = isObject(value) ? memberOf(value, 'data') : value;
  const isBytes = Array.isArray(data) && data.length > 0 && data.every((byte) => Number.isInteger(byte));
  return isBytes ? new TextDecoder().decode(Uint8Array.from(data as number[])) : undefined;
}
