/* The steps in which a receipt is verified, the same and in the same words as `civic verify receipt`. */
"use strict";

const receiptSteps = (() => {
  const W = RECEIPT_WORDS;
  const P = receiptProof;
  const { filled, instant } = receiptLines;
  const FORMAT = "civic-receipt/1", LATEST = "civic-latest/1";
  const ALGORITHMS = {
    canonical_form: "RFC 8785", leaf_data: "HMAC-SHA256", tree: "RFC 9162 SHA-256", signature: "C2SP signed-note Ed25519",
  };
  const PROVING = ["EVENT", "LEAF", "PATH", "ROOT", "SIGNATURE"];
  const HASH = /^[0-9a-f]{64}$/;

  const passed = (name, values = {}) => ({ name, status: "PASSED", code: null, words: filled(W.passed[name], values) });
  const failed = (name, code) => ({ name, status: "FAILED", code, words: W.failures[code] });
  const open = (name, why, values = {}) => ({ name, status: "NOT_CHECKED", code: null, words: filled(W.open[why], values) });
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  const isObject = receiptEvent.isObject;
  const isIndex = (value) => Number.isSafeInteger(value) && value >= 0;
  const isPath = (path) => Array.isArray(path) && path.length <= 64 && path.every((node) => typeof node === "string" && HASH.test(node));
  const hashOf = async (content) => P.hex(await P.sha256(P.bytes(P.canonical(content))));

  function stepsToRoot(index, size) {
    const differ = BigInt(index) ^ (BigInt(size) - 1n);
    const inner = differ ? differ.toString(2).length : 0;
    return inner + (BigInt(index) >> BigInt(inner)).toString(2).replaceAll("0", "").length;
  }

  /* A receipt from its file or from scanned codes, strictly. */
  async function read(text) {
    const wrong = () => { throw new P.Refused("RECEIPT_FORMAT"); };
    const coded = /^\s*CIVIC[12]:/.test(text);
    const whole = coded ? null : P.readJson(text);
    if (!coded) {
      const names = ["format", "kantara", "notice", "proof", "readable", "receipt"];
      if (!receiptEvent.named(whole, names) || whole.format !== FORMAT) wrong();
      if (![whole.receipt, whole.readable, whole.proof].every(isObject)) wrong();
      if (![whole.kantara, whole.notice].every((part) => part === null || isObject(part))) wrong();
    }
    const proof = coded ? await P.readCodes(text) : whole.proof;
    if (!coded) {
      const names = [
        "algorithms", "checkpoint", "event", "inclusion_path", "leaf_index", "public_key", "salt", "tree_size",
      ];
      if (!receiptEvent.named(proof, names) || P.canonical(proof.algorithms) !== P.canonical(ALGORITHMS)) wrong();
      if (!isIndex(proof.tree_size)) wrong();
    }
    if (![proof.salt, proof.checkpoint, proof.public_key].every((part) => typeof part === "string")) wrong();
    if (!isObject(proof.event) || !isIndex(proof.leaf_index)) wrong();
    if ((!coded || proof.inclusion_path) && !isPath(proof.inclusion_path)) wrong();
    return { coded, whole, proof, path: proof.inclusion_path?.map(P.unhex) ?? null };
  }

  async function check(text, { trusted = "", latest = null } = {}) {
    let document;
    try {
      document = await read(text);
    } catch (error) {
      if (!(error instanceof P.Refused)) throw error;
      return { verdict: "UNREADABLE", steps: [failed("FORMAT", error.code)], record: null, event: null };
    }
    const { coded, whole, proof, path } = document;
    const event = receiptEvent.wellFormed(proof.event) ? proof.event : null;
    const salt = P.unbase64(proof.salt, P.base64url);
    const leaf = salt?.length === 32 ? await P.leafHash(proof.event, salt) : null;
    const key = await P.readKey(proof.public_key);
    const checkpoint = P.readCheckpoint(proof.checkpoint);
    const size = coded ? checkpoint?.size ?? null : proof.tree_size;
    const notice = await noticeStep(event, document);
    const steps = [
      passed("FORMAT"),
      event ? passed("EVENT") : failed("EVENT", "RECEIPT_EVENT"),
      leaf ? passed("LEAF", { index: grouped(proof.leaf_index) }) : failed("LEAF", "RECEIPT_SALT"),
      pathStep(proof.leaf_index, size, path),
      await rootStep(leaf, proof.leaf_index, size, path, checkpoint),
      await signatureStep(proof.checkpoint, checkpoint, key),
      keyStep(key, trusted),
      notice,
      await partsStep(event, notice, document),
      await latestStep(event, proof.leaf_index, key, latest),
    ];
    const taken = steps.filter((step) => step.status === "PASSED").map((step) => step.name);
    const inLedger = PROVING.every((name) => taken.includes(name));
    const foreign = steps.some((step) => step.name === "KEY" && step.status === "FAILED");
    let verdict = inLedger ? "PROVEN" : "INCOMPLETE";
    if (steps.some((step) => step.status === "FAILED")) verdict = "FAILED";
    /* What is shown not to be in the ledger, or is of a foreign one, is not told as if it were. */
    let record = verdict === "INCOMPLETE" ? "CLAIMED" : null;
    if (inLedger && !foreign) record = "RECORDED";
    return { verdict, steps, record, event: event && receiptLines.readable(event, null) };
  }

  function pathStep(index, size, path) {
    if (!path) return open("PATH", "NO_PATH");
    if (size === null || !(index < size) || path.length !== stepsToRoot(index, size)) return failed("PATH", "RECEIPT_PATH");
    return passed("PATH", { index: grouped(index), size: grouped(size) });
  }

  async function rootStep(leaf, index, size, path, checkpoint) {
    if (!path) return open("ROOT", "NO_PATH");
    if (!checkpoint || size !== checkpoint.size) return failed("ROOT", "RECEIPT_ROOT");
    if (!leaf) return open("ROOT", "EARLIER");
    const root = await P.climb(leaf, index, size, path);
    if (!root || !P.same(root, checkpoint.root)) return failed("ROOT", "RECEIPT_ROOT");
    return passed("ROOT", { instant: instant(checkpoint.at) });
  }

  async function signatureStep(note, checkpoint, key) {
    if (!key || !checkpoint || checkpoint.origin !== key.name) return failed("SIGNATURE", "RECEIPT_SIGNATURE");
    const signed = await P.signedBy(note, key);
    if (signed === undefined) return open("SIGNATURE", "NO_ED25519");
    return signed ? passed("SIGNATURE") : failed("SIGNATURE", "RECEIPT_SIGNATURE");
  }

  function keyStep(key, trusted) {
    if (!key) return open("KEY", "EARLIER");
    if (!trusted) return open("KEY", "NO_KEY", { fingerprint: key.fingerprint });
    return trusted === key.line ? passed("KEY") : failed("KEY", "RECEIPT_KEY");
  }

  async function noticeStep(event, { coded, whole }) {
    if (!event) return open("NOTICE", "EARLIER");
    if (coded) return open("NOTICE", event.notice ? "NO_NOTICE" : "NOT_SHOWN");
    const { notice } = whole;
    if (!event.notice) {
      const beside = !notice || notice.purpose === (event.purpose ?? "ENROLMENT");
      return beside ? open("NOTICE", "NOT_SHOWN") : failed("NOTICE", "RECEIPT_NOTICE");
    }
    const fits = notice && notice.id === event.notice && await hashOf(notice) === event.notice_hash;
    return fits ? passed("NOTICE") : failed("NOTICE", "RECEIPT_NOTICE");
  }

  async function partsStep(event, noticed, { coded, whole, proof }) {
    if (coded) return open("PARTS", "NO_PARTS");
    if (!event || noticed.status === "FAILED") return open("PARTS", "EARLIER");
    try {
      const { notice, receipt, kantara, readable } = whole;
      const expected = receiptForms.parts(event, notice, notice && await hashOf(notice), proof.public_key);
      if (P.canonical(expected) === P.canonical({ receipt, kantara, readable })) return passed("PARTS");
    } catch (error) {
      /* A notice that lacks what every notice has: nothing follows from it. */
      if (!(error instanceof TypeError)) throw error;
    }
    return failed("PARTS", "RECEIPT_PARTS");
  }

  /* The map of latest entries: a sparse Merkle tree over the SHA-256 of people's references. */
  async function latestStep(event, index, key, latest) {
    if (latest === null) return open("LATEST", "NO_MAP");
    if (!event || !key) return open("LATEST", "EARLIER");
    let map, found;
    try {
      found = P.readJson(latest);
      map = await readMap(found, key);
    } catch (error) {
      if (!(error instanceof P.Refused || error instanceof TypeError)) throw error;
      return failed("LATEST", "RECEIPT_MAP");
    }
    if (map === undefined) return open("LATEST", "NO_ED25519");
    if (!map || !(await fitsMap(map.root, event.person, found))) return failed("LATEST", "RECEIPT_MAP");
    if (map.size <= index) return open("LATEST", "OLD_MAP");
    return found.latest === index ? passed("LATEST", { instant: instant(map.at) }) : failed("LATEST", "RECEIPT_SUPERSEDED");
  }

  async function readMap(found, key) {
    if (found.format !== LATEST || !isPath(found.siblings.slice(0, 64)) || !isPath(found.siblings.slice(64, 128))
      || !isPath(found.siblings.slice(128, 192)) || !isPath(found.siblings.slice(192))) return null;
    const number = "(0|[1-9][0-9]{0,15})";
    const lines = `^([^\\n]+)/latest-map\\n${number}\\n([A-Za-z0-9+/]{43}=)\\nsize ${number}\\ntime ${number}\\n\\n`;
    const match = new RegExp(lines).exec(found.map);
    const root = match && match[1] === key.name && P.unbase64(match[3]);
    if (!root) return null;
    const signed = await P.signedBy(found.map, key);
    return signed === undefined ? undefined : signed && { root, size: Number(match[4]), at: Number(match[5]) };
  }

  async function fitsMap(root, person, { latest, siblings, other }) {
    const digits = (bytes) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
    const key = await P.sha256(P.bytes(person)), bits = digits(key), depth = siblings.length;
    const leafOf = (at, index) => {
      const eight = new DataView(new ArrayBuffer(8));
      eight.setBigUint64(0, BigInt(index));
      return P.sha256(Uint8Array.of(0), at, new Uint8Array(eight.buffer));
    };
    let node = new Uint8Array(32);
    if (latest !== null) {
      if (other !== null || !isIndex(latest)) return false;
      node = await leafOf(key, latest);
    } else if (other !== null) {
      if (!HASH.test(other.key) || !isIndex(other.leaf) || other.key === P.hex(key)) return false;
      if (digits(P.unhex(other.key)).slice(0, depth) !== bits.slice(0, depth)) return false;
      node = await leafOf(P.unhex(other.key), other.leaf);
    }
    for (let at = depth - 1; at >= 0; at -= 1) {
      const sibling = P.unhex(siblings[at]);
      node = bits[at] === "1" ? await P.nodeHash(sibling, node) : await P.nodeHash(node, sibling);
    }
    return P.same(node, root);
  }

  return { check };
})();
