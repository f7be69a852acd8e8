/* The page that verifies receipts: it reads what is chosen or pasted, keeps nothing, and sends nothing. */
"use strict";

(() => {
  const W = RECEIPT_WORDS;
  const at = (id) => document.getElementById(id);
  const MARKS = { PASSED: "✓", FAILED: "✕", NOT_CHECKED: "?" };
  let language = /^en\b/.test(navigator.language) ? "en" : "ko";
  let shown = null;

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function speak() {
    document.documentElement.lang = language;
    for (const place of document.querySelectorAll("[data-words]")) {
      place.textContent = W.page[place.dataset.words][language];
    }
    const other = language === "ko" ? "en" : "ko";
    at("switch").textContent = other === "en" ? "English" : "한국어";
    at("switch").lang = other;
    document.title = W.page.title[language];
    if (shown) show(shown);
  }

  function show({ verdict, steps, record, event }) {
    const result = at("result");
    const list = element("ol", "", "steps");
    for (const step of steps) {
      const item = element("li", "", `step ${step.status.toLowerCase()}`);
      item.dataset.step = step.name;
      item.dataset.status = step.status;
      const mark = element("span", MARKS[step.status], "mark");
      mark.ariaHidden = "true";
      const title = element("h3");
      title.append(element("span", W.titles[step.name][language]), " ", element("em", W.statuses[step.status][language]));
      const words = element("p", step.words[language]);
      if (step.code) words.append(" ", element("code", step.code));
      item.append(mark, title, words);
      list.append(item);
    }
    result.replaceChildren(element("p", W.verdicts[verdict][language], `verdict ${verdict.toLowerCase()}`), list);
    result.dataset.verdict = verdict;
    if (record && event) result.append(element("h2", W.records[record][language]), lines(event[language]));
    at("found").hidden = false;
  }

  function lines(of) {
    const list = element("dl", "", "lines");
    for (const { label, text } of of) {
      const line = element("div");
      line.append(element("dt", label), element("dd", text));
      list.append(line);
    }
    return list;
  }

  const textOf = async (input) => (input.files.length ? input.files[0].text() : null);

  async function verify() {
    const text = at("pasted").value.trim() ? at("pasted").value : (await textOf(at("file"))) ?? "";
    shown = await receiptSteps.check(text, { trusted: at("key").value.trim(), latest: await textOf(at("map")) });
    show(shown);
    at("found").focus();
  }

  at("switch").addEventListener("click", () => {
    language = language === "ko" ? "en" : "ko";
    speak();
  });
  at("file").addEventListener("change", () => {
    at("pasted").value = "";
    return verify();
  });
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    return verify();
  });
  if (!globalThis.crypto?.subtle) at("no-crypto").hidden = false;
  speak();
})();
