import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP = 30_000;

/** An authenticator app: generates codes according to RFC 6238, each of them once. */
export class Authenticator {
  #secret;
  #last = 0;

  /** @param secret base32, with or without spaces */
  constructor(secret) {
    this.#secret = decode(secret);
  }

  /** The next code; waits for the next step if the current code was already returned. */
  async code() {
    const step = Math.max(Math.floor(Date.now() / STEP), this.#last + 1);
    // The code of the next step is already accepted.
    const wait = (step - 1) * STEP - Date.now();
    if (wait > 0) {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    this.#last = step;
    return this.#at(step);
  }

  #at(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac("sha1", this.#secret).update(counter).digest();
    const number = hash.readUInt32BE(hash.at(-1) & 0xf) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  }
}

function decode(base32) {
  const bits = [...base32.replace(/\s/g, "")]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}
