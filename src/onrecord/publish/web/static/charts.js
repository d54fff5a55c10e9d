"use strict";
// Vega-Lite charts whose drawing is fetched from data-chart. Expressions are interpreted: nothing is evaluated as code.
(() => {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const config = () => ({
    background: "transparent",
    font: "system-ui, sans-serif",
    view: { stroke: "transparent" },
    axis: {
      labelColor: colour("soft"), titleColor: colour("soft"), titleFontWeight: "normal", gridColor: colour("line"),
      domainColor: colour("edge"), tickColor: colour("edge"), labelFontSize: 11,
    },
    legend: { labelColor: colour("ink"), titleColor: colour("soft"), titleFontWeight: "normal", symbolBaseFillColor: colour("soft"), symbolBaseStrokeColor: colour("soft"), ...(innerWidth < 640 ? { layout: { bottom: { direction: "vertical" } } } : {}) },
    range: { category: ["quad1", "quad4", "quad2", "quad3", "called_for", "ongoing", "quad0", "planned"].map(colour) },
  });

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  const tooltip = (_handler, event, _item, value) => {
    tip.hidden = value === null || value === undefined || value === "";
    if (tip.hidden) return;
    tip.replaceChildren(typeof value === "object" ? list(value) : String(value));
    tip.style.left = `${Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
  };
  const list = (value) => {
    const made = document.createElement("dl");
    for (const [key, each] of Object.entries(value)) {
      const name = document.createElement("dt");
      name.textContent = key.replaceAll("_", " ");
      const words = document.createElement("dd");
      words.textContent = each;
      made.append(name, words);
    }
    return made;
  };

  const legends = (part) =>
    part === null || typeof part !== "object" ? [] : Object.entries(part).flatMap(([key, each]) => (key === "legend" && each ? [each] : legends(each)));

  const drawn = new Map();
  const draw = async (box) => {
    try {
      const answer = await fetch(box.dataset.chart, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const drawing = await answer.json();
      delete drawing.config;
      const note = document.createElement("p");
      note.className = "soft small";
      note.textContent = drawing.title?.subtitle ?? "";
      delete drawing.title;
      if (box.clientWidth < 500) for (const legend of legends(drawing)) legend.columns = 1;
      const compiled = vegaLite.compile({ ...drawing, config: config(), autosize: { type: "fit-x", contains: "padding" } }).spec;
      drawn.get(box)?.finalize();
      const inner = document.createElement("div");
      box.replaceChildren(note, inner);
      const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
        expr: vegaInterpreter, renderer: "svg", container: inner, hover: true, tooltip, logLevel: vega.Error,
        loader: { load: () => Promise.reject(new Error("nothing is fetched")), sanitize: () => Promise.reject(new Error("no links")) },
      });
      await view.runAsync();
      drawn.set(box, view);
      box.dataset.drawn = "yes";
    } catch (error) {
      box.textContent = `The chart could not be drawn (${error.message}); the table has its numbers.`;
    }
  };
  const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
  document.addEventListener("theme", drawAll);
  document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("[data-chart]:not([data-drawn])").forEach(draw));
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  drawAll();
})();
