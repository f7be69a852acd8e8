/* The readable part of a receipt, worked out from the event and its notice alone, as docs/receipts.md says. */
"use strict";

const receiptLines = (() => {
  const W = RECEIPT_WORDS;
  const MINUTE = 60_000, KOREA = 540 * MINUTE, LAST = 253_402_268_399_999;
  const CONSENTS = ["GRANTED", "RENEWED"], FOUND = ["EXPIRED", "OVERRIDE", "ERASED"];
  const takesBackEverything = (event) => !event.fields.length && !event.channels.length && !event.sensitive;
  const inOrder = (table, chosen) => Object.keys(table).filter((word) => chosen.includes(word));

  function filled(words, values) {
    const put = (language) => words[language].replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "object" ? value[language] : value;
    });
    return { ko: put("ko"), en: put("en") };
  }

  function instant(at) {
    const when = new Date(Math.min(at, LAST) + KOREA);
    const two = (number) => String(number).padStart(2, "0");
    return filled(W.texts.instant, {
      year: String(when.getUTCFullYear()), month: String(when.getUTCMonth() + 1), month_name: W.months[when.getUTCMonth()],
      day: String(when.getUTCDate()), hour: two(when.getUTCHours()), minute: two(when.getUTCMinutes()),
    });
  }

  function readable(event, notice) {
    return { ko: lines(event, notice, "ko"), en: lines(event, notice, "en") };
  }

  function lines(event, notice, language) {
    const of = (words) => words[language];
    const text = (name, values = {}) => of(filled(W.texts[name], values));
    const list = (table, chosen) => inOrder(table, chosen).map((word) => of(table[word])).join(", ");
    const granted = event.kind === "GRANTED", renewed = event.kind === "RENEWED", withdrawn = event.kind === "WITHDRAWN";
    const everything = takesBackEverything(event);

    function items() {
      if (renewed) return text("as_before");
      if (withdrawn && everything) return text("everything");
      const found = list(W.fields, event.fields);
      if (withdrawn && event.sensitive) return [found, text("sensitive")].filter(Boolean).join(", ");
      return found || (granted ? text("none") : "");
    }
    function leftOut() {
      if (!granted || !notice) return "";
      return list(W.fields, (notice.items ?? []).map((item) => item.field).filter((field) => !event.fields.includes(field)));
    }
    function sensitive() {
      if (!granted || !notice?.sensitive) return "";
      return `${of(notice.sensitive.items)}: ${text(event.sensitive ? "yes" : "no")}`;
    }
    function channels() {
      return renewed ? text("as_before") : list(W.channels, event.channels) || (granted ? text("none") : "");
    }
    function shown() {
      if (!event.notice) return "";
      const known = Object.hasOwn(W.texts, `language_${event.language}`);
      const read = known ? text(`language_${event.language}`) : event.language;
      return `${text("notice", { id: event.notice, language: read })} · ${text("hash", { hash: event.notice_hash })}`;
    }
    function how() {
      const { method, operator, meeting, evidence } = event.capture;
      const parts = [of(W.methods[method]), text("operator", { value: operator })];
      if (meeting) parts.push(text("meeting", { value: meeting }));
      if (evidence) parts.push(text("evidence", { value: evidence }));
      return parts.join(" · ");
    }
    function purpose() {
      if (event.purpose === null) return text("every_purpose");
      const name = of(W.purposes[event.purpose]);
      return notice ? `${name}: ${of(notice.purpose_in_words)}` : name;
    }
    function guardian() {
      if (!event.guardian) return "";
      return text("guardian", { check: of(W.checks[event.guardian.check]), instant: of(instant(event.guardian.verified_at)) });
    }
    function responsible() {
      if (!notice) return "";
      const { name, office, address, phone, email } = notice.controller;
      return [of(name), of(office), of(address), phone, email].join(" · ");
    }
    const after = CONSENTS.includes(event.kind)
      ? ["take_back", notice ? of(notice.withdrawal) : ""]
      : ["afterwards", of(W.afterwards[event.kind])];
    return [
      ["what", withdrawn && !everything ? text("taken_back_in_part") : of(W.kinds[event.kind])],
      ["purpose", purpose()],
      ["items", items()],
      ["left_out", leftOut()],
      ["sensitive", sensitive()],
      ["channels", channels()],
      ["until", event.until === null ? "" : text("until", { instant: of(instant(event.until)) })],
      ["notice", shown()],
      ["decided", of(instant(event.at))],
      ["recorded", of(instant(event.recorded))],
      ["how", how()],
      ["guardian", guardian()],
      ["basis", event.basis],
      ["erased", event.erases.length ? text("erased", { count: String(event.erases.length) }) : ""],
      after,
      ["responsible", responsible()],
      ["number", event.id],
      ["person", event.person],
    ].filter(([, line]) => line).map(([name, line]) => ({ label: of(W.labels[name]), text: line }));
  }

  return { filled, instant, readable, inOrder, CONSENTS, FOUND };
})();
