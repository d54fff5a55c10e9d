"use strict";
// The network of data-network, drawn by Cytoscape. The table below it has the same and needs no script.
(() => {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const small = matchMedia("(max-width: 40rem)").matches;
  const look = () => [
    {
      selector: "node",
      style: {
        label: "data(name)", "font-size": small ? 22 : 11, "font-family": "system-ui, sans-serif", color: colour("ink"),
        "text-outline-color": colour("card"), "text-outline-width": 2, "text-valign": "bottom", "text-margin-y": 3,
        "text-wrap": "wrap", "text-max-width": small ? 170 : 110, "background-color": colour("soft"), "border-width": 1.5,
        "border-color": colour("card"), width: "data(size)", height: "data(size)", "min-zoomed-font-size": 6,
      },
    },
    { selector: "node[kind = 'country']", style: { shape: "round-rectangle" } },
    { selector: "node[kind = 'group'], node[kind = 'population']", style: { shape: "diamond" } },
    {
      selector: "edge",
      style: {
        "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.8, width: "data(width)", opacity: 0.75,
        "line-color": colour("quad0"), "target-arrow-color": colour("quad0"),
      },
    },
    ...["1", "2", "3", "4"].map((quad) => ({
      selector: `edge[quad = '${quad}']`,
      style: { "line-color": colour(`quad${quad}`), "target-arrow-color": colour(`quad${quad}`) },
    })),
    { selector: ".faint", style: { opacity: 0.12 } },
    { selector: ".near", style: { opacity: 1 } },
  ];

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);

  // Cytoscape would write its one rule into the page, where no inline style may be; site.css has it.
  const rule = document.createElement("meta");
  rule.id = "__________cytoscape_stylesheet";
  document.head.append(rule);

  let drawn = null;
  const draw = async () => {
    const box = document.querySelector("[data-network]");
    if (!box || box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    const answer = await fetch(box.dataset.network, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    let { nodes, edges } = await answer.json();
    if (small) {
      // On a phone only the pairs with most events: the names of more could not be read.
      edges = edges.slice(0, 14);
      const drawnParties = new Set(edges.flatMap((edge) => [edge.data.source, edge.data.target]));
      nodes = nodes.filter((node) => drawnParties.has(node.data.id));
    }
    const most = Math.max(...nodes.map((node) => node.data.events));
    const widest = Math.max(...edges.map((edge) => edge.data.events));
    for (const node of nodes) node.data.size = 12 + 26 * Math.sqrt(node.data.events / most);
    for (const edge of edges) edge.data.width = 1 + 5 * Math.sqrt(edge.data.events / widest);
    box.replaceChildren();
    drawn?.destroy();
    drawn = cytoscape({
      container: box, elements: { nodes, edges }, style: look(), minZoom: 0.3, maxZoom: 3,
      layout: {
        name: "cose", animate: false, randomize: true, padding: 30, nodeDimensionsIncludeLabels: true, componentSpacing: 60,
        nodeRepulsion: () => 14000, idealEdgeLength: () => 90, gravity: 0.6, numIter: 1500,
      },
    });
    drawn.on("mouseover", "node, edge", ({ target, originalEvent }) => {
      const near = target.isNode() ? target.closedNeighborhood() : target.union(target.connectedNodes());
      drawn.elements().addClass("faint");
      near.removeClass("faint").addClass("near");
      const data = target.data();
      tip.textContent = target.isNode()
        ? `${data.name}${data.country ? ` (${data.country})` : ""}: ${data.events} events`
        : `${target.source().data("name")} → ${target.target().data("name")}: ${data.types}`;
      tip.hidden = false;
      tip.style.left = `${Math.min(originalEvent.clientX + 12, innerWidth - tip.offsetWidth - 8)}px`;
      tip.style.top = `${originalEvent.clientY + 12}px`;
    });
    drawn.on("mouseout", "node, edge", () => {
      drawn.elements().removeClass("faint near");
      tip.hidden = true;
    });
    drawn.on("tap", "node, edge", ({ target }) => {
      const asked = new URLSearchParams(
        target.isNode() ? { party: target.data("name") } : { actor: target.source().data("name"), recipient: target.target().data("name") },
      );
      location.href = `/events?${asked}`;
    });
  };
  document.addEventListener("theme", () => drawn?.style(look()));
  document.addEventListener("htmx:afterSettle", draw);
  draw();
})();
