// The page of one need: what it is, who could make it, what is missing, what it is worth.
function section(name, title, ...children) {
  return make("section", { class: `part part-${name}` }, make("h2", null, title), children);
}

/** The facts of each source below it. */
function facts(rows) {
  const groups = new Map();
  for (const row of rows) {
    const from = row.slice(2, 5).join();
    groups.set(from, [...(groups.get(from) || []), row]);
  }
  return [...groups.values()].map((of) => {
    const [, , title, address, file] = of[0];
    return [
      make("p", { class: "origin" }, label(said("col.source")), source(title, address), " ", make("span", { class: "small" }, received(file))),
      sheet(["fact.field", "fact.value", "fact.cell"], of.map(([field, value, , , , cell]) => [received(field), received(value), received(cell)])),
    ];
  });
}

/** A plain table: names of its columns, and rows of cells. */
function sheet(heads, lines) {
  return make(
    "table", { role: "table", class: "plain" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, heads.map((name) => make("th", { scope: "col", role: "columnheader" }, said(name))))),
    make("tbody", { role: "rowgroup" }, lines.map((cells) => make("tr", { role: "row" }, cells.map((cell, place) => make(
      "td", { role: "cell", "data-label": said(heads[place]) }, cell === null || cell === "" ? "–" : cell,
    ))))),
  );
}

function criteria(row) {
  const states = text(row[STATES]);
  const of = (sign) => [...states].filter((one) => one === sign).length;
  const compared = new Map(row[COMPARED].map(([place, ...numbers]) => [place, numbers]));
  const lines = [...states].map((sign, place) => [sign, place]).filter(([sign]) => sign !== "-").map(([sign, place]) => {
    const [asked, offered, asked_at, offered_at] = compared.get(place) || [0, 0, 0, 0];
    const name = `criterion.${content.criteria[place]}`;
    return [
      said(name), make("span", { class: `state state-${sign}` }, said(`state.${sign}`)),
      [received(asked), small(placed(asked_at))], [received(offered), small(placed(offered_at))],
    ];
  });
  return make(
    "details", null,
    make("summary", null, said("criteria", { met: of("m"), failed: of("f"), unknown: of("u") })),
    sheet(["criterion", "state", "asked", "offered"], lines.map((cells) => cells.map((cell) => (Array.isArray(cell) && !cell.some(Boolean) ? null : cell)))),
  );
}

/** A cell's address without the folders of its file. */
function placed(cell) {
  return text(cell).replace(/^.*\/(?=[^/]*\.)/, "");
}

function actor(row, place) {
  const supplier = content.suppliers[row[WHO]];
  const odds = make("span", { class: "odds" }, `${said(row[ODDS] === null ? "col.score" : "col.chances")} ${strength(row)}`);
  const far = distance(row, supplier);
  return make(
    "article", { class: "actor" },
    make("h3", null, `${place}. `, received(supplier[NAME])),
    make("p", { class: "facts" }, chip(row[GRADE]), odds, far ? make("span", null, far) : null, make("span", null, received(supplier[PLACE]))),
    remarks(row), row[COMPARED] ? criteria(row) : null,
    make("p", { class: "small" }, label(said("col.source")), source(supplier[SOURCE], supplier[ADDRESS]), " ", received(supplier[CELL])),
  );
}

function actors(need) {
  const shown = need.shown.map((who) => need.matches.find((row) => row[WHO] === who));
  const others = need.matches.filter((row) => !need.shown.includes(row[WHO]));
  return [
    section("actors", said(need.outlook === "none" ? "section.nearest" : "section.actors"), shown.map((row, place) => actor(row, place + 1))),
    others.length
      ? make("details", { class: "others" }, make("summary", null, said("section.others", { count: number(others.length) })), sheet(
          ["col.actor", "col.match", "gaps", "ask"],
          others.map((row) => [
            [received(content.suppliers[row[WHO]][NAME]), small(content.suppliers[row[WHO]][PLACE])], chip(row[GRADE]),
            row[GAPS].length ? row[GAPS].map((one) => make("div", null, made(one))) : null,
            row[ASK].length ? row[ASK].map((one) => make("div", null, made(one))) : null,
          ]),
        ))
      : null,
  ];
}

function figures(need) {
  return section(
    "figures", said("section.figures"),
    need.figures.length ? sheet(["figure", "amount", "basis"], need.figures.map((row) => row.map(received))) : null,
    make(
      "dl", { class: "told" },
      [["not_known", need.unknown], ["lacking", need.lacking]].filter(([, one]) => text(one))
        .map(([name, one]) => make("div", null, make("dt", null, said(name)), make("dd", null, received(one)))),
    ),
    need.inputs.length
      ? make("details", null, make("summary", null, said("inputs", { count: number(need.inputs.length) })), sheet(
          ["figure", "amount", "basis", "col.source"],
          need.inputs.map(([name, value, kind, title, cell]) => [received(name), received(value), received(kind), [received(title), small(placed(cell))]]),
        ))
      : null,
  );
}

function teams(need) {
  if (!need.teams.length) return null;
  return section("teams", said("section.teams"), need.teams.map(([count, note, steps]) => make(
    "div", { class: "team" },
    make("h3", null, count ? said("team", { number: number(count) }) : said("team.open")),
    make("ul", null, steps.map(([process, who]) => make("li", null, made(process), " – ", who < 0 ? said("team.nobody") : received(content.suppliers[who][NAME])))),
    text(note) ? make("p", { class: "small" }, made(note)) : null,
  )));
}

function brief(need) {
  const parts = [
    ["section.brief", said(`action.${need.action}`)],
    ["stands", need.status ? [said(`status.${need.status}`), text(need.reason) ? " – " : "", received(need.reason)] : null],
    ["owner", received(need.owner)], ["due", received(need.due)],
  ];
  return make("dl", { class: "brief" }, parts.filter(([, shown]) => shown).map(([name, shown]) => make("div", null, make("dt", null, said(name)), make("dd", null, shown))));
}

function keyFigures(need) {
  const all = [
    [said("figure.imports"), need.origin, "", Boolean(need.origin)],
    [said("figure.volume"), need.volume, need.volume_kind, Boolean(need.volume)],
    [said("figure.actors"), need.counts.join(" · "), said(`grade.${need.grade ?? "none"}`), need.outlook !== "none"],
    ...need.cards.map(([name, value, note, isKnown]) => [text(name), value, note, Boolean(isKnown)]),
  ];
  const shown = (value) => (typeof value === "number" ? text(value) : value);
  return [
    make("dl", { class: "figures" }, all.map(([name, value, note, isKnown]) => make(
      "div", { class: isKnown ? null : "unknown" }, make("dt", null, name),
      make("dd", null, make("b", { class: shown(value).length > 40 ? "long" : null }, received(value) || said("unknown")), small(note)),
    ))),
    all.some(([, value]) => shown(value).startsWith("≈")) ? make("p", { class: "small" }, said("figure.estimated")) : null,
  ];
}

/** Links to the list and to the needs before and after, as the list is sorted. */
function around(need) {
  const order = state.view === "needs" ? rows() : [...new Set(rows().map((match) => match.need))];
  const place = order.indexOf(need);
  const arrows = state.lang === "ar" ? ["→", "←"] : ["←", "→"];
  const to = (name, one) => {
    if (!one) return null;
    const shown = make("bdi", null, one.id);
    return make(
      "a", { href: addressOf({ need: one.id }), title: text(one.name), "aria-label": `${said(name)} ${one.id}` },
      name === "previous" ? [arrows[0], " ", shown] : [shown, " ", arrows[1]],
    );
  };
  return make(
    "nav", { class: "around" }, make("a", { href: addressOf({ need: "" }), class: "back" }, said("back")),
    place < 0 ? null : make("span", null, to("previous", order[place - 1]), "\u2003", to("next", order[place + 1])),
  );
}

function needPage(need) {
  const others = need.names.filter((one) => text(one) !== text(need.name));
  return [
    around(need),
    make(
      "header", { class: "title" }, make("p", { class: "kind" }, said("kind", { sheet: need.sheet })),
      make("h1", { tabindex: "-1", id: "title" }, received(need.name)),
      make("p", null, [received(need.buyer), received(need.programme), received(need.family)].filter(Boolean).flatMap((one, place) => (place ? [" · ", one] : [one]))),
      others.length ? make("p", { class: "small" }, others.flatMap((one, place) => (place ? [" · ", received(one)] : [received(one)]))) : null,
    ),
    need.banners.map((one) => make("p", { class: "banner" }, received(one))),
    keyFigures(need), brief(need), actors(need),
    need.questions.length ? section("questions", said("section.questions"), make("ul", null, need.questions.map((one) => make("li", null, made(one))))) : null,
    section("need", said("section.need"), facts(need.facts)),
    teams(need), figures(need),
  ];
}
