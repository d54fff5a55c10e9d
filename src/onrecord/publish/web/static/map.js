// The places of data-map over Natural Earth's land and borders, drawn by MapLibre. No tiles, no fonts, nothing from elsewhere.
import * as maplibre from "./vendor/maplibre-gl.mjs";

const probe = document.createElement("span");
probe.hidden = true;
document.body.append(probe);
const colour = (name) => {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
};

const look = (box, places) => ({
  version: 8,
  sources: {
    world: { type: "geojson", data: new URL(box.dataset.world, location).href, attribution: "Natural Earth" },
    places: {
      type: "geojson", data: places, cluster: true, clusterRadius: 42, clusterMaxZoom: 9,
      clusterProperties: { total: ["+", ["get", "events"]] },
    },
  },
  layers: [
    { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
    { id: "land", type: "fill", source: "world", filter: ["==", ["get", "is"], "land"], paint: { "fill-color": colour("land"), "fill-antialias": false } },
    { id: "borders", type: "line", source: "world", filter: ["==", ["get", "is"], "border"], paint: { "line-color": colour("edge"), "line-width": 0.8, "line-dasharray": [3, 2] } },
    // Nothing is drawn by this layer; without one the source would not be cut into clusters.
    { id: "places", type: "circle", source: "places", paint: { "circle-radius": 0, "circle-opacity": 0 } },
  ],
});

const quad = (name) => ["1", "2", "3", "4"].includes(name) ? name : "0";

// Places and clusters are buttons: they can be reached by keyboard and read out, and need no fonts from elsewhere.
const marker = (map, feature, tell) => {
  const { properties, geometry } = feature;
  const button = document.createElement("button");
  button.type = "button";
  if (properties.cluster) {
    button.className = "spot several";
    button.textContent = properties.total > 999 ? `${Math.round(properties.total / 100) / 10}k` : properties.total;
    button.setAttribute("aria-label", `${properties.total} events at ${properties.point_count} places: come nearer`);
    button.addEventListener("click", async () => {
      const zoom = await map.getSource("places").getClusterExpansionZoom(properties.cluster_id);
      map.easeTo({ center: geometry.coordinates, zoom: zoom + 0.2 });
    });
  } else {
    button.className = `spot ${properties.precision} b${quad(properties.quad)}`;
    const size = 12 + 10 * Math.min(1, Math.log10(properties.events + 1) / 2.5);
    const vague = ["region", "admin1"].includes(properties.precision);
    button.style.setProperty("--size", `${vague ? size + (properties.precision === "admin1" ? 34 : 18) : size}px`);
    button.setAttribute("aria-label", `${properties.place}, known to the ${properties.precision}: ${properties.events} events`);
    button.addEventListener("click", () => tell(feature));
  }
  return new maplibre.Marker({ element: button }).setLngLat(geometry.coordinates).addTo(map);
};

const words = ({ properties }) => {
  const made = document.createElement("div");
  const name = document.createElement("strong");
  name.textContent = properties.place;
  const more = document.createElement("p");
  const vague = ["region", "admin1"].includes(properties.precision) ? ": somewhere there" : "";
  more.textContent = `${properties.country ? `${properties.country} · ` : ""}known to the ${properties.precision}${vague} · ${properties.types}`;
  const link = document.createElement("a");
  link.href = `/events?${new URLSearchParams({ place: properties.place })}`;
  link.textContent = `${properties.events} event${properties.events === 1 ? "" : "s"}`;
  made.append(name, more, link);
  return made;
};

let map = null;
const draw = async (again = false) => {
  const box = document.querySelector("[data-map]");
  if (!box || (box.dataset.drawn && !again)) return;
  box.dataset.drawn = "yes";
  try {
    const answer = await fetch(box.dataset.map, { headers: { Accept: "application/json" } });
    const places = await answer.json();
    const view = again && map ? { center: map.getCenter(), zoom: map.getZoom() } : null;
    map?.remove();
    box.replaceChildren();
    map = new maplibre.Map({
      container: box, style: look(box, places), center: [20, 15], zoom: 1.2, maxZoom: 9, attributionControl: { compact: true },
      dragRotate: false, pitchWithRotate: false, renderWorldCopies: false, ...view,
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new maplibre.ScaleControl());
    const bounds = new maplibre.LngLatBounds();
    for (const { geometry } of places.features) bounds.extend(geometry.coordinates);
    if (!view && !bounds.isEmpty()) map.fitBounds(bounds, { padding: 70, maxZoom: 6, animate: false });
    let markers = new Map();
    let popup = null;
    const tell = (feature) => {
      popup?.remove();
      popup = new maplibre.Popup({ maxWidth: "18rem", focusAfterOpen: true, closeOnClick: false }).setLngLat(feature.geometry.coordinates).setDOMContent(words(feature)).addTo(map);
    };
    const place = () => {
      if (!map.isSourceLoaded("places")) return;
      const kept = new Map();
      for (const feature of map.querySourceFeatures("places")) {
        const key = feature.properties.cluster ? `c${feature.properties.cluster_id}` : `${feature.properties.place}/${feature.geometry.coordinates}`;
        if (!kept.has(key)) kept.set(key, markers.get(key) ?? marker(map, feature, tell));
      }
      for (const [key, each] of markers) if (!kept.has(key)) each.remove();
      markers = kept;
      box.dataset.places = String(kept.size);
    };
    map.on("render", place);
    map.on("moveend", place);
    map.on("idle", () => (box.dataset.settled = "yes"));
  } catch (error) {
    box.textContent = `The map could not be drawn here (${error.message}); the table has its places.`;
  }
};
document.addEventListener("theme", () => draw(true));
document.addEventListener("htmx:afterSettle", () => draw());
draw();
