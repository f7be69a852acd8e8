// Opens to keyboards and screen readers what GraphiQL leaves closed; loaded before GraphiQL draws anything.
"use strict";

(() => {
  // Its strip of tabs claims the role of a tab list, but each "tab" holds two buttons, which that role
  // forbids (WCAG 4.1.2). As a group of buttons it is read for what it is.
  function mendTabs(list) {
    if (list.getAttribute("role") !== "group") list.setAttribute("role", "group");
    for (const tab of list.querySelectorAll("li")) {
      if (tab.getAttribute("role") !== "none") tab.setAttribute("role", "none");
      const chosen = tab.classList.contains("graphiql-tab-active");
      tab.removeAttribute("aria-selected");
      const button = tab.querySelector(".graphiql-tab-button");
      if (chosen) button?.setAttribute("aria-current", "true");
      else button?.removeAttribute("aria-current");
    }
  }

  function nameOf(editor) {
    if (editor.closest(".result-window")) return "Answer";
    if (editor.closest(".graphiql-query-editor")) return "Query";
    const tool = editor.closest(".graphiql-editor");
    return tool?.previousElementSibling ? "Headers" : "Variables";
  }

  function mendEditor(editor) {
    const field = editor.querySelector("textarea");
    if (!field || !editor.CodeMirror || field.hasAttribute("aria-label")) return;
    field.setAttribute("aria-label", nameOf(editor));
    // A field for code that keeps the Tab key to itself cannot be left without a mouse (WCAG 2.1.2).
    const keys = editor.CodeMirror.getOption("extraKeys") ?? {};
    editor.CodeMirror.setOption("extraKeys", { ...keys, Tab: false, "Shift-Tab": false });
    // What scrolls must be reachable, so that the arrow keys move it (WCAG 2.1.1).
    const scroller = editor.querySelector(".CodeMirror-scroll");
    scroller.setAttribute("tabindex", "0");
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", `${nameOf(editor)}, to scroll`);
  }

  function mend() {
    document.querySelectorAll(".graphiql-tabs").forEach(mendTabs);
    document.querySelectorAll("#graphiql .CodeMirror").forEach(mendEditor);
  }

  new MutationObserver(mend).observe(document.getElementById("graphiql"), {
    attributes: true,
    attributeFilter: ["aria-selected", "class", "role"],
    childList: true,
    subtree: true,
  });
})();
