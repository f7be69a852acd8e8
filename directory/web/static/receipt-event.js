/* Whether an event is one that could be recorded: the rules of docs/receipts.md, in the order in which they stand there. */
"use strict";

const receiptEvent = (() => {
  const W = RECEIPT_WORDS;
  const { CONSENTS } = receiptLines;
  const AHEAD = 15 * 60_000;
  const NAMES = [
    "at", "basis", "capture", "channels", "erases", "fields", "guardian", "id", "kind", "language", "notice", "notice_hash",
    "person", "purpose", "recorded", "sensitive", "until", "v",
  ];
  const WITH_NOTICE = ["GRANTED", "REFUSED", "RENEWED"], WITH_ITEMS = ["GRANTED", "WITHDRAWN"];
  const WITH_BASIS = ["ERASED", "OVERRIDE"];
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const named = (value, names) => isObject(value) && Object.keys(value).sort().join() === names.join();
  const isId = (value) => typeof value === "string" && /^[0-9A-Za-z_-]{16,64}$/.test(value);
  const isInstant = (value) => Number.isSafeInteger(value) && value >= 0;
  const isWord = (table, value) => typeof value === "string" && Object.hasOwn(table, value);
  const isText = (value, least = 1) => typeof value === "string" && [...value].length >= least && [...value].length <= 200
    && !/[\p{C}\p{Z}]/u.test(value.replaceAll(" ", ""));
  const isSet = (value, table) => Array.isArray(value) && value.every((word) => isWord(table, word))
    && value.every((word, at) => at === 0 || value[at - 1] < word);
  const isPlace = (value) => typeof value === "string" && /^[0-9]{1,15}(\/[0-9]{1,9})?$/.test(value);

  function captureFits({ capture, kind }) {
    if (!named(capture, ["evidence", "meeting", "method", "operator"]) || !isWord(W.methods, capture.method)) return false;
    if (!isText(capture.operator) || !isText(capture.meeting, 0) || !isText(capture.evidence, 0)) return false;
    if (capture.method === "SYSTEM") return kind === "EXPIRED" || kind === "ERASED";
    return kind !== "EXPIRED" && (capture.method !== "ROSTER" || capture.evidence !== "");
  }

  function purposeFits(event, nothing) {
    if (event.kind === "ERASED") return event.purpose === null;
    if (event.purpose === "ENROLMENT") return ["REFUSED", "WITHDRAWN"].includes(event.kind) && nothing;
    return isWord(W.purposes, event.purpose);
  }

  function wellFormed(event) {
    if (!named(event, NAMES) || event.v !== 1 || !isId(event.id) || !isId(event.person)) return false;
    if (!isWord(W.kinds, event.kind) || !isInstant(event.at) || !isInstant(event.recorded)) return false;
    if (!isSet(event.fields, W.fields) || !isSet(event.channels, W.channels)) return false;
    if (typeof event.sensitive !== "boolean") return false;
    const nothing = !event.fields.length && !event.channels.length && !event.sensitive;
    if (!nothing && !WITH_ITEMS.includes(event.kind)) return false;
    if (!purposeFits(event, nothing) || !captureFits(event)) return false;
    const shown = [event.notice, event.notice_hash, event.language];
    if (!shown.every((part) => (WITH_NOTICE.includes(event.kind) ? isText(part) : part === ""))) return false;
    if (CONSENTS.includes(event.kind) ? !(isInstant(event.until) && event.until > event.at) : event.until !== null) return false;
    const { guardian } = event;
    if (guardian !== null && !(named(guardian, ["check", "verified_at"]) && isWord(W.checks, guardian.check)
      && isInstant(guardian.verified_at))) return false;
    if (!isText(event.basis, WITH_BASIS.includes(event.kind) ? 1 : 0)) return false;
    if (!Array.isArray(event.erases) || !event.erases.every(isPlace)) return false;
    if (event.erases.length && event.kind !== "ERASED") return false;
    return event.at <= event.recorded + AHEAD;
  }

  return { wellFormed, isObject, named };
})();
