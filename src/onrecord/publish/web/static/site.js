"use strict";
// Theme, menu, keys, filters. Every page works without this script; it makes them quicker to use.
(() => {
  const root = document.documentElement;
  const one = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Theme: the system's until one is chosen.
  const theme = one("button.theme");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const name = () => {
    if (!theme) return;
    theme.textContent = dark() ? "Light theme" : "Dark theme";
    theme.hidden = false;
  };
  const turn = () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // It holds until the page is left.
    }
    name();
    document.dispatchEvent(new CustomEvent("theme"));
  };
  theme?.addEventListener("click", turn);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    name();
    document.dispatchEvent(new CustomEvent("theme"));
  });
  name();

  // Menu on a small screen.
  const menu = one("button.menu");
  if (menu) {
    menu.hidden = false;
    menu.addEventListener("click", () => {
      const open = menu.getAttribute("aria-expanded") !== "true";
      menu.setAttribute("aria-expanded", String(open));
      document.body.classList.toggle("menu-open", open);
    });
  }

  // On a small screen the filters wait behind a button, unless some are set.
  const filters = one("form.filters");
  if (filters && matchMedia("(max-width: 40rem)").matches && !one(".chips a") && !location.pathname.startsWith("/search")) {
    const unfold = document.createElement("button");
    unfold.type = "button";
    unfold.textContent = "Filters";
    unfold.className = "unfold";
    unfold.setAttribute("aria-expanded", "false");
    filters.hidden = true;
    unfold.addEventListener("click", () => {
      filters.hidden = !filters.hidden;
      unfold.setAttribute("aria-expanded", String(!filters.hidden));
    });
    filters.before(unfold);
  }

  // Keys.
  const dialog = one("#keys");
  const list = one("#keys-list");
  for (const link of all("[data-key^='g ']")) {
    const row = list.insertRow();
    const keys = row.insertCell();
    for (const key of link.dataset.key.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      keys.append(cap, " ");
    }
    row.insertCell().textContent = link.textContent.trim();
  }
  const button = one("button.keys");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
  let going = false;
  const rows = () => all("[data-row]");
  const step = (by) => {
    const found = rows();
    if (!found.length) return;
    const now = found.findIndex((row) => row.contains(document.activeElement));
    const next = found[Math.min(found.length - 1, Math.max(0, now + by))];
    (next.matches("a, [tabindex]") ? next : one("a", next))?.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input, select, textarea, [contenteditable]");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    if (dialog.open) return;
    if (going) {
      going = false;
      const link = all("[data-key]").find((each) => each.dataset.key === `g ${event.key}`);
      if (link) {
        event.preventDefault();
        link.click();
      }
      return;
    }
    const done = {
      "?": () => dialog.showModal(),
      "/": () => {
        if (menu && getComputedStyle(menu).display !== "none" && menu.getAttribute("aria-expanded") !== "true") menu.click();
        one("#find")?.focus();
      },
      g: () => (going = true),
      ...(document.body.dataset.keys === "own" || one("[data-own-keys]")
        ? {}
        : { j: () => step(1), k: () => step(-1), f: () => one("form.filters :is(input, select)")?.focus() }),
    }[event.key];
    if (done) {
      event.preventDefault();
      done();
    }
  });

  // Posts carry the token; addresses carry no empty filters.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = one("meta[name=csrf]")?.content;
    if (token) event.detail.headers["X-CSRF-Token"] = token;
    if (event.detail.verb !== "get") return;
    for (const [key, value] of [...event.detail.formData.entries()]) {
      if (value === "") event.detail.formData.delete(key);
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    for (const field of all("input, select", event.target)) if (field.value === "") field.disabled = true;
    setTimeout(() => all(":disabled", event.target).forEach((field) => (field.disabled = false)));
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-at-once]");
    if (form) form.requestSubmit();
  });
})();
