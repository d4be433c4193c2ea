// Drawings: each has a title and a description, and follows the filters. The lists below hold the same needs as text.
const OUTLOOKS = ["actors", "convertible", "none"];
const MOST_BARS = 12, MOST_PILED = 8;
let drawn = 0;

/** A figure with its title; `fill(width)` gives the drawing and its description. */
function chart(name, extra, fill) {
  const box = make("div", { class: "drawing" });
  const figure = make("figure", { class: `chart chart-${name}` }, make("figcaption", null, said(`chart.${name}`)), extra, box);
  figure.redraw = () => {
    const [drawing, about] = fill(Math.max(box.clientWidth, 240));
    const id = `drawing-${(drawn += 1)}`;
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-labelledby", `${id}-title ${id}-about`);
    drawing.prepend(
      draw("title", { id: `${id}-title` }, said(`chart.${name}`)), draw("desc", { id: `${id}-about` }, about),
    );
    box.replaceChildren(drawing);
    for (const label of drawing.querySelectorAll("[data-room]")) shorten(label);
  };
  return figure;
}

function shorten(label) {
  let shown = label.textContent;
  while (label.getComputedTextLength() > Number(label.dataset.room) && shown.length > 3) {
    shown = shown.slice(0, -2).trimEnd();
    label.textContent = `${shown}…`;
  }
}

function canvas(width, height) {
  return draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, direction: "ltr", focusable: "false" });
}

function legend(names) {
  return make(
    "ul", { class: "legend" },
    names.map((one) => make("li", null, make("i", { class: `key outlook-${one}` }), said(`outlook.${one}`))),
  );
}

/** Bars from the side where reading begins: `rows` of {label, parts: [[class, count, name]], pick}. */
function bars(rows, width) {
  const isArabic = state.lang === "ar", isNarrow = width < 460;
  const room = isNarrow ? 0 : Math.min(190, Math.round(width * 0.42)), length = width - room - 46;
  const step = isNarrow ? 42 : 26, low = isNarrow ? 20 : 5; // narrow: the label stands above its bar
  const most = Math.max(1, ...rows.map((row) => total(row)));
  const drawing = canvas(width, rows.length * step + 4);
  const across = (from, size) => (isArabic ? width - from - size : from);
  rows.forEach((row, place) => {
    const top = place * step + 2;
    let from = room;
    const line = draw("g", row.pick ? { class: "pick", onclick: row.pick } : null);
    line.append(
      draw("rect", { x: 0, y: top, width, height: step, class: "ground" }),
      draw(
        "text",
        {
          x: across(isNarrow ? 0 : room - 8, 0), y: top + (isNarrow ? 15 : 17),
          "text-anchor": isArabic === isNarrow ? "end" : "start", "data-room": isNarrow ? width : room - 10,
        },
        row.label,
      ),
    );
    for (const [look, count, name] of row.parts) {
      const size = (count / most) * length;
      line.append(
        draw(
          "rect", { x: across(from, size), y: top + low, width: size, height: 16, class: look },
          draw("title", null, `${row.label}${name ? `, ${name}` : ""}: ${number(count)}`),
        ),
      );
      from += size;
    }
    line.append(
      draw(
        "text", { x: across(from + 6, 0), y: top + low + 12, "text-anchor": isArabic ? "end" : "start", class: "count" },
        number(total(row)),
      ),
    );
    drawing.append(line);
  });
  return [drawing, rows.map((row) => `${row.label}: ${number(total(row))}`).join("; ")];
}

function total(row) {
  return row.parts.reduce((sum, part) => sum + part[1], 0);
}

function grouped(needs, of) {
  const found = new Map();
  for (const need of needs) found.set(of(need), [...(found.get(of(need)) || []), need]);
  return [...found].sort((one, other) => other[1].length - one[1].length || (one[0] < other[0] ? -1 : 1));
}

function byOutlook(needs) {
  return OUTLOOKS.map((one) => [`outlook-${one}`, needs.filter((need) => need.outlook === one).length, said(`outlook.${one}`)])
    .filter((part) => part[1]);
}

/** The largest families, then all others together, then those whose part was not recognized. */
function familyRows(needs) {
  const all = grouped(needs, (need) => key(need.family));
  const known = all.filter(([family]) => family);
  const shown = known.slice(0, known.length > MOST_BARS + 1 ? MOST_BARS : known.length);
  const rows = shown.map(([family, of]) => ({
    label: text(of[0].family), parts: byOutlook(of), pick: () => pickFilter("family", family),
  }));
  const rest = known.slice(shown.length).flatMap(([, of]) => of);
  const unknown = all.filter(([family]) => !family).flatMap(([, of]) => of);
  if (rest.length) rows.push({ label: said("others"), parts: byOutlook(rest) });
  if (unknown.length) rows.push({ label: said("unknown"), parts: byOutlook(unknown) });
  return rows;
}

function regionRows(needs) {
  const all = grouped(needs.filter((need) => need.outlook !== "none"), (need) => key(need.region));
  const rows = all.map(([region, of]) => ({
    label: text(of[0].region) || said("unknown"), parts: [["bar", of.length, ""]],
    pick: region ? () => pickFilter("region", region) : null, last: !region,
  })).sort((one, other) => one.last - other.last);
  const without = needs.filter((need) => need.outlook === "none").length;
  return without ? [...rows, { label: said("nobody"), parts: [["outlook-none", without, ""]] }] : rows;
}

function statusRows(needs) {
  const known = [...content.statuses, ""].map((status) => [status, needs.filter((need) => need.status === status)]);
  return known.filter(([, of]) => of.length).map(([status, of]) => ({
    label: status ? said(`status.${status}`) : said("unknown"),
    parts: [[status ? "bar" : "outlook-none", of.length, ""]],
    pick: status ? () => pickFilter("status", status) : null,
  }));
}

/** Value against feasibility; below, by feasibility alone, those whose value is not known. */
function axesDrawing(needs, width) {
  const placed = needs.filter((need) => need.axes[0] !== null);
  const known = placed.filter((need) => need.axes[1] !== null);
  const rest = placed.filter((need) => need.axes[1] === null);
  const left = 34, right = 14, size = 3.2, gap = 7;
  const across = (share) => left + share * (width - left - right);
  const piles = grouped(rest, (need) => Math.round(across(need.axes[0]) / gap));
  const tall = Math.min(MOST_PILED, Math.max(0, ...piles.map(([, of]) => of.length)));
  const plot = known.length ? (width < 460 ? 230 : 310) : 0, strip = rest.length ? tall * gap + 30 : 0;
  const floor = 20 + plot, bottom = floor + strip + (plot && strip ? 8 : 0);
  const drawing = canvas(width, bottom + 38);
  const up = (share) => floor - 8 - share * (plot - 20);
  if (plot) {
    drawing.append(draw("text", { x: 0, y: 12, class: "axis" }, said("chart.value")));
    for (const share of [0, 0.5, 1]) {
      drawing.append(
        draw("line", { x1: left, x2: width - right, y1: up(share), y2: up(share), class: "hairline" }),
        draw("text", { x: left - 6, y: up(share) + 4, "text-anchor": "end", class: "axis" }, number(share, share % 1 ? 1 : 0)),
      );
    }
  }
  if (strip) {
    drawing.append(
      draw("rect", { x: left - 8, y: bottom - strip, width: width - left - right + 16, height: strip, class: "strip" }),
      draw(
        "text", { x: width - right, y: bottom - strip + 14, "text-anchor": "end", class: "axis" },
        `${said("chart.no_value")} (${number(rest.length)})`,
      ),
    );
  }
  for (const share of [0, 0.5, 1]) {
    drawing.append(
      draw("line", { x1: across(share), x2: across(share), y1: bottom, y2: bottom + 4, class: "tick" }),
      draw("text", { x: across(share), y: bottom + 16, "text-anchor": "middle", class: "axis" }, number(share, share % 1 ? 1 : 0)),
    );
  }
  drawing.append(
    draw("line", { x1: left - 8, x2: width - right + 8, y1: bottom, y2: bottom, class: "tick" }),
    draw("text", { x: width - right, y: bottom + 32, "text-anchor": "end", class: "axis" }, said("chart.feasibility")),
  );
  for (const [, of] of piles) {
    const columns = Math.ceil(of.length / MOST_PILED); // a high pile stands in several columns around its place
    of.forEach((need, place) => {
      const column = Math.floor(place / MOST_PILED) - (columns - 1) / 2;
      drawing.append(point(need, across(need.axes[0]) + column * gap, bottom - 6 - (place % MOST_PILED) * gap, size));
    });
  }
  for (const need of known) {
    const [feasibility, value, low, high] = need.axes;
    if (low !== null && high !== null && low < high) {
      drawing.append(draw("line", { x1: across(feasibility), x2: across(feasibility), y1: up(low), y2: up(high), class: "interval" }));
    }
    const isLate = feasibility > 0.75;
    drawing.append(
      point(need, across(feasibility), up(value), 5),
      known.length <= 12
        ? draw(
            "text", { x: across(feasibility) + (isLate ? -9 : 9), y: up(value) + 4, "text-anchor": isLate ? "end" : "start", class: "name" },
            short(text(need.name)),
          )
        : "",
    );
  }
  return [drawing, said("chart.axes.about", { known: number(known.length), total: number(placed.length) })];
}

function short(name) {
  return name.length > 34 ? `${name.slice(0, 32).trimEnd()}…` : name;
}

function point(need, x, y, size) {
  return draw(
    "circle",
    {
      cx: x, cy: y, r: size, class: `point outlook-${need.outlook}${need.axes[1] !== null && need.about ? " about" : ""}`,
      onclick: () => open(need),
    },
    draw("title", null, `${need.id} ${text(need.name)} (${text(need.buyer)})`),
  );
}

/** All charts of the needs that answer the filters; `needs` is asked for anew at each drawing. */
function charts(needs) {
  const note = make("p", { class: "small" });
  const axes = chart("axes", [legend(OUTLOOKS), note], (width) => {
    const [drawing, about] = axesDrawing(needs(), width);
    note.textContent = about;
    return [drawing, about];
  });
  const found = [
    axes,
    chart("family", legend(OUTLOOKS), (width) => bars(familyRows(needs()), width)),
    chart("region", null, (width) => bars(regionRows(needs()), width)),
  ];
  if (content.needs.some((need) => need.status)) found.push(chart("status", null, (width) => bars(statusRows(needs()), width)));
  return found;
}
