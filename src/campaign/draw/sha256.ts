/**
 * SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, as 64 small hex digits. Written out here because a rule of supervision may
 * not import node's: whoever repeats a draw in another language or a browser has the same function at hand.
 */
export function sha256(text: string): string {
  return Array.from(digest(text), (word) => word.toString(16).padStart(8, '0')).join('');
}

const encoder = new TextEncoder();
const roundCount = 64;
const blockBytes = 64;
/** Filled anew for every block before it is read; kept because making it costs more than the block. */
const schedule = new Int32Array(roundCount);

/** The same as eight 32-bit words. */
export function digest(text: string): Uint32Array {
  const bytes = padded(encoder.encode(text));
  const view = new DataView(bytes.buffer);
  const hash = initial.slice();
  for (let start = 0; start < bytes.length; start += blockBytes) {
    fillSchedule(view, start);
    mix(hash);
  }
  return new Uint32Array(hash.buffer);
}

/** The message, a one bit, zeros, and its length in bits, to whole blocks (FIPS 180-4, 5.1.1). */
function padded(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = Math.ceil((message.length + 9) / blockBytes) * blockBytes;
  const bytes = new Uint8Array(length);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(length - 8, Math.floor(message.length / 0x2000_0000));
  view.setUint32(length - 4, (message.length << 3) >>> 0);
  return bytes;
}

// Indexing below stays inside arrays of fixed length; `at` keeps the compiler content without a branch in the hot loop.
function at(list: ArrayLike<number>, index: number): number {
  return list[index] as number;
}

function fillSchedule(view: DataView, start: number): void {
  for (let t = 0; t < 16; t += 1) schedule[t] = view.getInt32(start + 4 * t);
  for (let t = 16; t < roundCount; t += 1) {
    const x = at(schedule, t - 15);
    const y = at(schedule, t - 2);
    const small0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const small1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    schedule[t] = (at(schedule, t - 16) + small0 + at(schedule, t - 7) + small1) | 0;
  }
}

/** One block into the hash (FIPS 180-4, 6.2.2). */
function mix(hash: Int32Array): void {
  let a = at(hash, 0);
  let b = at(hash, 1);
  let c = at(hash, 2);
  let d = at(hash, 3);
  let e = at(hash, 4);
  let f = at(hash, 5);
  let g = at(hash, 6);
  let h = at(hash, 7);
  for (let t = 0; t < roundCount; t += 1) {
    const big1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + at(constants, t) + at(schedule, t)) | 0;
    const big0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  hash[0] = at(hash, 0) + a;
  hash[1] = at(hash, 1) + b;
  hash[2] = at(hash, 2) + c;
  hash[3] = at(hash, 3) + d;
  hash[4] = at(hash, 4) + e;
  hash[5] = at(hash, 5) + f;
  hash[6] = at(hash, 6) + g;
  hash[7] = at(hash, 7) + h;
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** Bits of the fractional parts of the roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
const initial = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));
const constants = Int32Array.from(primes(roundCount), (prime) => fraction(Math.cbrt(prime)));

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 0x1_0000_0000);
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
