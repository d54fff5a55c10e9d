"use strict";
// Pointing at a record lights its words, pointing at words lights their records. Links work without this script.
(() => {
  const words = new Map();
  const cards = new Map();
  for (const mark of document.querySelectorAll("[data-records]")) {
    for (const id of mark.dataset.records.split(" ")) {
      if (!words.has(id)) words.set(id, []);
      words.get(id).push(mark);
    }
  }
  for (const card of document.querySelectorAll("[data-record]")) cards.set(card.dataset.record, card);
  const light = (ids, on) => {
    for (const id of ids) {
      for (const mark of words.get(id) || []) mark.classList.toggle("lit", on);
      cards.get(id)?.classList.toggle("lit", on);
    }
  };
  const ids = (target) => {
    const found = target.closest?.("[data-records], [data-record]");
    if (!found) return [];
    return found.dataset.record ? [found.dataset.record] : found.dataset.records.split(" ");
  };
  for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, (event) => light(ids(event.target), true));
    document.addEventListener(leave, (event) => light(ids(event.target), false));
  }
  // Coming from a record elsewhere: its words, too.
  const arrive = () => {
    const card = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!card || !card.dataset.record) return;
    light([card.dataset.record], true);
    words.get(card.dataset.record)?.[0].scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
