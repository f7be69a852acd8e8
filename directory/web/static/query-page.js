// Starts GraphiQL on the examples that the page carries, and keeps the caller's key out of every store.
"use strict";

(() => {
  const endpoint = window.location.pathname;
  const tabs = JSON.parse(document.getElementById("tabs").textContent);
  const keyField = document.getElementById("key");
  let key = "";

  // What is typed may name a person, and a key opens the directory, so nothing but the choice of a theme is
  // left on the machine: GraphiQL's own store would keep tabs, variables and history on disk.
  const remembered = new Map();
  const lasting = new Set(["graphiql:theme"]);
  const storage = {
    get length() {
      return remembered.size;
    },
    getItem(name) {
      if (!lasting.has(name)) return remembered.get(name) ?? null;
      try {
        return window.localStorage.getItem(name);
      } catch {
        return null;
      }
    },
    setItem(name, value) {
      if (!lasting.has(name)) {
        remembered.set(name, String(value));
        return;
      }
      try {
        window.localStorage.setItem(name, value);
      } catch {
        // A browser without a store only forgets the theme.
      }
    },
    removeItem(name) {
      remembered.delete(name);
    },
    clear() {
      remembered.clear();
    },
  };

  function withKey(headers) {
    const sent = { ...headers };
    const name = Object.keys(sent).find((each) => each.toLowerCase() === "authorization");
    const own = name ? String(sent[name]).replace(/^Bearer\s*/i, "").trim() : "";
    if (own) return sent;
    if (name) delete sent[name];
    return key ? { ...sent, Authorization: `Bearer ${key}` } : sent;
  }

  const inWords = new Map([
    [401, "인증키가 없거나 맞지 않습니다. No key, or not a valid one: paste it above."],
    [503, "그래프가 응답하지 않습니다. 잠시 뒤에 다시 해 보세요. The graph does not answer; try again shortly."],
  ]);

  async function ask(parameters, options) {
    let answer;
    try {
      answer = await fetch(endpoint, {
        method: "POST",
        headers: withKey({ ...options?.headers, "Content-Type": "application/json", Accept: "application/json" }),
        body: JSON.stringify(parameters),
        credentials: "omit",
        cache: "no-store",
      });
    } catch {
      return { errors: [{ message: "서비스에 닿지 못했습니다. The service could not be reached." }] };
    }
    const text = await answer.text();
    try {
      const read = JSON.parse(text);
      if (read && typeof read === "object" && ("data" in read || "errors" in read)) return read;
    } catch {
      // Said in words below.
    }
    return { errors: [{ message: inWords.get(answer.status) ?? `HTTP ${answer.status}` }] };
  }

  const root = ReactDOM.createRoot(document.getElementById("graphiql"));

  function show() {
    // A new function each time: GraphiQL reads the schema again when its fetcher changes, now with the key.
    root.render(
      React.createElement(GraphiQL, {
        fetcher: (parameters, options) => ask(parameters, options),
        storage,
        defaultTabs: tabs,
        defaultHeaders: tabs[0].headers,
        defaultEditorToolsVisibility: true,
        inputValueDeprecation: true,
        isHeadersEditorEnabled: true,
        shouldPersistHeaders: false,
      }),
    );
  }

  function useKey() {
    const typed = keyField.value.replace(/^\s*Bearer\s+/i, "").trim();
    if (typed === key) return;
    key = typed;
    show();
  }

  document.getElementById("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    useKey();
  });
  keyField.addEventListener("change", useKey);
  show();
})();
