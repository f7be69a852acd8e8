/* The arithmetic of a receipt: strict reading, the canonical form, hashes, the path, the signed note. No network. */
"use strict";

const receiptProof = (() => {
  const TEXT = new TextEncoder();
  const LARGEST = 1_000_000, DEEPEST = 250;

  class Refused extends Error {
    constructor(code) { super(code); this.code = code; }
  }

  /* JSON of which every program reads the same: no name twice, whole numbers below 2^53, no half of a character. */
  function readJson(text) {
    try {
      if (TEXT.encode(text).length > LARGEST) throw new Error("too large");
      const found = JSON.parse(text);
      let members = 0, bare = "";
      let last = 0;
      for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) {
        members += match[1] ? 1 : 0;
        bare += text.slice(last, match.index);
        last = match.index + match[0].length;
      }
      if (/[0-9][.eE]/.test(bare + text.slice(last)) || count(found, 0) !== members) throw new Error("ambiguous");
      return found;
    } catch {
      throw new Refused("RECEIPT_UNREADABLE");
    }
  }

  function count(value, depth) {
    if (depth > DEEPEST) throw new Error("too deep");
    if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Error("no whole number");
    if (typeof value === "string" && half(value)) throw new Error("half a character");
    if (Array.isArray(value)) return value.reduce((sum, each) => sum + count(each, depth + 1), 0);
    if (value === null || typeof value !== "object") return 0;
    return Object.entries(value).reduce((sum, [name, each]) => sum + 1 + count(name, depth) + count(each, depth + 1), 0);
  }
  const half = (text) => /[\ud800-\udfff]/u.test(text);

  /* RFC 8785 for what receipts hold: strings, whole numbers, true, false, null, lists, and objects of these. */
  function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    /* sort() compares UTF-16 units, as the standard asks. */
    return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
  }

  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
  const base64url = (bytes) => base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

  /* Base64 in its one right spelling, else null. */
  function unbase64(text, spelled = base64) {
    try {
      const plain = text.replaceAll("-", "+").replaceAll("_", "/");
      const bytes = Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
      return bytes.length && spelled(bytes) === text ? bytes : null;
    } catch {
      return null;
    }
  }

  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => { whole.set(part, at); return at + part.length; }, 0);
    return whole;
  };
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
  const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

  async function leafHash(event, salt) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", salt, algorithm, false, ["sign"]);
    const data = new Uint8Array(await crypto.subtle.sign("HMAC", key, TEXT.encode(canonical(event))));
    return sha256(Uint8Array.of(0), data);
  }
  const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

  /* RFC 9162 2.1.3.2: the root that the path leads to, or null where it has the wrong number of steps. */
  async function climb(leaf, index, size, path) {
    if (!(index < size)) return null;
    let number = BigInt(index), last = BigInt(size) - 1n, node = leaf;
    for (const other of path) {
      if (last === 0n) return null;
      if (number & 1n || number === last) {
        node = await nodeHash(other, node);
        while (!(number & 1n) && number !== 0n) { number >>= 1n; last >>= 1n; }
      } else {
        node = await nodeHash(node, other);
      }
      number >>= 1n;
      last >>= 1n;
    }
    return last === 0n ? node : null;
  }

  /* A note with one signature: the signed text, the signer's name and the signature with its key's id; else null. */
  function readNote(note) {
    const at = note.lastIndexOf("\n\n");
    const line = /^— ([^ +]+) ([A-Za-z0-9+/=]+)\n$/.exec(note.slice(at + 2));
    const signature = line && unbase64(line[2]);
    /* eslint-disable-next-line no-control-regex */
    if (at < 0 || !signature || /[\x00-\x09\x0b-\x1f\x7f]/.test(note) || [...note].length > 65_536) return null;
    return { text: note.slice(0, at + 1), name: line[1], keyId: signature.slice(0, 4), signature: signature.slice(4) };
  }

  /* The lines of a checkpoint, whoever signed it, else null. */
  function readCheckpoint(note) {
    const number = "(0|[1-9][0-9]{0,15})";
    const match = new RegExp(`^([^\\n]+)\\n${number}\\n([A-Za-z0-9+/]{43}=)\\ntime ${number}\\n\\n`).exec(note);
    const root = match && unbase64(match[3]);
    return root && { origin: match[1], size: Number(match[2]), root, at: Number(match[4]) };
  }

  /* name+id+base64: an Ed25519 key with its name, else null. */
  async function readKey(line) {
    const parts = /^([!-*,-~]{1,200})\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(line);
    const bytes = parts && unbase64(parts[3]);
    if (!bytes || bytes.length !== 33 || bytes[0] !== 1) return null;
    const keyId = (await sha256(TEXT.encode(`${parts[1]}\n`), bytes)).slice(0, 4);
    if (hex(keyId) !== parts[2]) return null;
    const digits = hex(await sha256(bytes.slice(1)));
    return { line, name: parts[1], keyId, raw: bytes.slice(1), fingerprint: digits.match(/.{4}/g).join(" ") };
  }

  /* Whether the key signed the note, as the only one; undefined where this browser can't tell. */
  async function signedBy(note, key) {
    const parts = readNote(note);
    if (!parts || parts.name !== key.name || !same(parts.keyId, key.keyId) || parts.signature.length !== 64) return false;
    let imported;
    try {
      imported = await crypto.subtle.importKey("raw", key.raw, "Ed25519", false, ["verify"]);
    } catch {
      return undefined;
    }
    return crypto.subtle.verify("Ed25519", imported, parts.signature, TEXT.encode(parts.text));
  }

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /* Base32 without padding, in its one right spelling. */
  function unbase32(text) {
    const bytes = [];
    let bits = 0, held = 0;
    for (const character of text) {
      const value = ALPHABET.indexOf(character);
      if (value < 0) throw new Refused("RECEIPT_UNREADABLE");
      held = (held << 5) | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.push((held >> bits) & 255);
        held &= (1 << bits) - 1;
      }
    }
    if (held || bits >= 5) throw new Refused("RECEIPT_UNREADABLE");
    return Uint8Array.from(bytes);
  }

  async function inflated(bytes) {
    try {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      let whole = new Uint8Array();
      for (const reader = stream.getReader(); ;) {
        const { done, value } = await reader.read();
        if (done) return new TextDecoder("utf-8", { fatal: true }).decode(whole);
        whole = joined(whole, value);
        if (whole.length > 65_536) throw new Error("too large");
      }
    } catch {
      throw new Refused("RECEIPT_UNREADABLE");
    }
  }

  /* What scanned codes hold of a receipt's proof. */
  async function readCodes(text) {
    const names = ["event", "salt", "leaf_index", "checkpoint", "public_key"];
    const found = {};
    for (const code of text.split(/\s+/).filter(Boolean)) {
      if (code.startsWith("CIVIC1:")) {
        const values = readJson(await inflated(unbase32(code.slice(7))));
        if (!Array.isArray(values) || values.length !== names.length) throw new Refused("RECEIPT_UNREADABLE");
        names.forEach((name, at) => { found[name] = values[at]; });
      } else if (code.startsWith("CIVIC2:")) {
        found.inclusion_path = hex(unbase32(code.slice(7))).match(/.{1,64}/g) ?? [];
      } else {
        throw new Refused("RECEIPT_UNREADABLE");
      }
    }
    if (!Object.hasOwn(found, "event")) throw new Refused("RECEIPT_UNREADABLE");
    return found;
  }

  const api = {
    Refused, readJson, readCodes, canonical, hex, unhex, base64, base64url, unbase64, sha256, same, leafHash, nodeHash,
    climb, readNote, readCheckpoint, readKey, signedBy,
    bytes: (text) => TEXT.encode(text),
  };
  return api;
})();
