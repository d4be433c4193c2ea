// The first page: cards, charts, and the list of needs or of matches with its filters.
const STEP = { needs: 100, matches: 50 };
let limit = 0, drawings = [];

const COLUMNS = {
  needs: [
    ["id", (need) => need.sheet, (need) => make("a", { href: addressOf({ need: need.id }), class: "open" }, received(need.sheet))],
    ["component", (need) => text(need.name), (need) => [make("strong", null, received(need.name)), small(need.family)]],
    ["buyer", (need) => text(need.buyer), (need) => [received(need.buyer), small(need.programme)]],
    ["volume", (need) => need.amount, (need) => [received(need.volume), small(need.volume_kind)]],
    ["grade", (need) => need.grade, (need) => chip(need.grade)],
    ["actors", (need) => need.leading.length && text(need.leading[0]), (need) => [
      need.leading.map((name) => make("div", null, received(name))),
      able(need) > need.leading.length ? small(`+ ${number(able(need) - need.leading.length)}`) : null,
    ].flat().filter(Boolean)],
    ["value", worth, (need) => (need.cards[0][3] ? received(need.cards[0][1]) : null)],
    ["status", (need) => need.status && content.statuses.indexOf(need.status), (need) => (need.status ? said(`status.${need.status}`) : null)],
    ["completeness", (need) => need.completeness, (need) => (need.completeness === null ? null : percent(need.completeness))],
  ],
  matches: [
    ["need", (match) => match.need.sheet, (match) => [
      make("a", { href: addressOf({ need: match.need.id }), class: "open" }, received(match.need.sheet)), " ", received(match.need.name),
      small(match.need.buyer),
    ]],
    ["actor", (match) => text(match.supplier[NAME]), (match) => [make("strong", null, received(match.supplier[NAME])), small(match.supplier[PLACE])]],
    ["match", (match) => match.row[GRADE], (match) => chip(match.row[GRADE])],
    [isLearned ? "chances" : "score", (match) => match.row[isLearned ? ODDS : SCORE], (match) => strength(match.row)],
    ["reasons", null, (match) => remarks(match.row)],
    ["distance", (match) => match.row[KM], (match) => distance(match.row, match.supplier)],
    ["source", (match) => text(match.supplier[SOURCE]), (match) => [source(match.supplier[SOURCE], match.supplier[ADDRESS]), small(match.supplier[CELL])]],
  ],
};
const NUMBERS = ["volume", "value", "completeness", "chances", "score", "distance"];
const BEST_FIRST = { needs: "grade", matches: "match" };

/** How many sites of grade 2 or better. */
function able(need) {
  return need.counts.reduce((sum, count) => sum + count, 0);
}

/** The place of a value among all: amounts of different currencies are not compared, the most frequent one is above. */
function worth(need) {
  if (!worth.places) {
    const known = grouped(content.needs.filter((one) => one.gross !== null), (one) => one.currency);
    const rising = known.reverse().flatMap(([, of]) => of.sort((one, other) => one.gross - other.gross));
    worth.places = new Map(rising.map((one, place) => [one, place]));
  }
  return worth.places.get(need);
}

function small(shown) {
  return shown ? make("div", { class: "small" }, received(shown)) : null;
}

function strength(row) {
  return row[ODDS] === null ? number(row[SCORE], 1) : chances(row[ODDS]);
}

function distance(row, supplier) {
  return row[KM] === null ? null : `${supplier[IS_SURE] ? "" : "≈ "}${said("km", { number: number(row[KM]) })}`;
}

/** Strengths, gaps, questions and what is to be settled, each with its label. */
function remarks(row) {
  const met = row[MET].map(made);
  if (row[BASIS] && row[MET].length) met.unshift(made(row[BASIS]));
  const parts = [
    ["met", met.length ? met : [said("none")]], ["gaps", row[GAPS].map(made)], ["ask", row[ASK].map(made)],
    ["settle", row[SETTLE] ? [made(row[SETTLE])] : []],
  ];
  return make(
    "dl", { class: "remarks" },
    parts.filter(([, told]) => told.length).map(([name, told]) => make(
      "div", { class: name }, make("dt", null, said(name)), make("dd", null, told.map((one) => make("span", { class: "remark" }, one))),
    )),
  );
}

function columns() {
  const isFollowed = content.needs.some((need) => need.status);
  return COLUMNS[state.view].filter(([name]) => name !== "status" || isFollowed);
}

/** What stands in the list, in the order chosen: best first unless the reader wants another. */
function rows() {
  const found = state.view === "matches" ? shownMatches() : shownNeeds();
  const best = (one) => (state.view === "matches" ? one.row[ODDS] ?? one.row[SCORE] : -(one.rank ?? Infinity));
  const column = columns().find(([name, value]) => name === state.sort && value);
  const ranked = sorted(found, best, true);
  if (column) return sorted(ranked, column[1], state.desc === "1");
  return sorted(ranked, (one) => (state.view === "matches" ? one.row[GRADE] : one.grade), true);
}

function head() {
  const chosen = columns().some(([name]) => name === state.sort) ? state.sort : BEST_FIRST[state.view];
  const isDescending = chosen === state.sort ? state.desc === "1" : true;
  return make("tr", { role: "row" }, columns().map(([name, value]) => {
    const order = name !== chosen ? "none" : isDescending ? "descending" : "ascending";
    const look = NUMBERS.includes(name) ? "number" : null;
    if (!value) return make("th", { scope: "col", role: "columnheader", class: look }, said(`col.${name}`));
    const turned = name === chosen ? !isDescending : name === BEST_FIRST[state.view] || NUMBERS.includes(name);
    const sort = () => {
      choose({ sort: name, desc: turned ? "1" : "" });
      refresh();
      document.querySelector(`[data-sort="${name}"]`).focus();
    };
    return make(
      "th", { scope: "col", role: "columnheader", "aria-sort": order, class: look },
      make("button", { type: "button", "data-sort": name, title: said("sort", { column: said(`col.${name}`) }), onclick: sort }, said(`col.${name}`)),
    );
  }));
}

function line(one) {
  const need = one.need || one;
  const follow = (event) => {
    if (!event.target.closest("a, button, summary") && !String(getSelection())) open(need);
  };
  return make("tr", { role: "row", onclick: follow }, columns().map(([name, , cell]) => {
    const shown = cell(one);
    const isEmpty = shown === null || shown === "" || (Array.isArray(shown) && !shown.some(Boolean));
    const look = [NUMBERS.includes(name) ? "number" : "", isEmpty ? "empty" : "", `of-${name}`].filter(Boolean).join(" ");
    return make("td", { role: "cell", "data-label": said(`col.${name}`), class: look }, isEmpty ? "–" : shown);
  }));
}

/** The table below the filters, and the charts: what changes with the choices. */
function refresh() {
  const all = rows(), place = document.getElementById("list");
  limit = Math.max(limit, STEP[state.view]);
  const shown = all.slice(0, limit);
  const count = said(`count.${state.view}`, {
    shown: number(all.length), total: number(state.view === "matches" ? matches.length : content.needs.length),
  });
  const table = make(
    "table", { role: "table", class: state.view, "aria-labelledby": "count" },
    make("thead", { role: "rowgroup" }, head()), make("tbody", { role: "rowgroup" }, shown.map(line)),
  );
  const more = () => {
    const first = limit;
    limit += STEP[state.view];
    refresh();
    document.querySelectorAll("#list tbody a.open")[first]?.focus();
  };
  const rest = Math.min(all.length - limit, STEP[state.view]);
  place.replaceChildren(
    ...(all.length ? [table] : [make("p", { class: "nothing" }, said("count.nothing"))]),
    ...(rest > 0 ? [make("button", { type: "button", class: "more", onclick: more }, said("more", { count: number(rest) }))] : []),
  );
  document.getElementById("count").textContent = count;
  document.getElementById("clear").hidden = !FILTERS.some((name) => state[name]);
  document.getElementById("follow").textContent = said("chart.follow", {
    shown: number(listedNeeds().length), total: number(content.needs.length),
  });
  for (const card of document.querySelectorAll("[data-outlook]")) {
    card.setAttribute("aria-pressed", String(card.dataset.outlook === state.outlook));
  }
  for (const one of drawings) one.redraw();
}

function pickFilter(name, value) {
  choose({ [name]: state[name] === value ? "" : value });
  const select = document.getElementById(`filter-${name}`);
  if (select) select.value = state[name];
  limit = 0;
  refresh();
}

function filter(name) {
  const choices = options(name);
  if (!choices.length) return null;
  const select = make(
    "select", { id: `filter-${name}`, onchange: (event) => { state[name] = ""; pickFilter(name, event.target.value); } },
    make("option", { value: "" }, said("filter.all")),
    choices.map(([value, label, count]) => make("option", { value }, `${label} (${number(count)})`)),
  );
  select.value = state[name];
  return make("label", { class: "filter" }, make("span", null, said(`filter.${name}`)), select);
}

/** The order on a narrow page, which has no heads of columns. */
function order() {
  const pick = (event) => {
    const name = event.target.value;
    choose({ sort: name, desc: name === BEST_FIRST[state.view] || NUMBERS.includes(name) ? "1" : "" });
    limit = 0;
    refresh();
  };
  const select = make(
    "select", { id: "order", onchange: pick },
    columns().filter(([, value]) => value).map(([name]) => make("option", { value: name }, said(`col.${name}`))),
  );
  select.value = state.sort || BEST_FIRST[state.view];
  return make("label", { class: "filter order" }, make("span", null, said("order")), select);
}

function filters() {
  let waiting;
  const type = (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { limit = 0; choose({ q: event.target.value }); refresh(); }, 120);
  };
  const search = make("input", { id: "search", type: "search", value: state.q, placeholder: said("search.hint"), autocomplete: "off", spellcheck: "false", oninput: type });
  const clear = () => {
    choose(Object.fromEntries(FILTERS.map((name) => [name, ""])));
    limit = 0;
    render();
    document.getElementById("search").focus();
  };
  const fold = make(
    "details", { class: "filters" }, make("summary", null, said("filter.filters")),
    make("div", { class: "choices" }, FILTERS.slice(1).map(filter), order()),
  );
  fold.open = window.innerWidth > 720 || FILTERS.slice(1).some((name) => state[name]);
  return make(
    "form", { role: "search", onsubmit: (event) => event.preventDefault() },
    make("label", { class: "filter search" }, make("span", null, said("search")), search), fold,
    make("p", { class: "counted" }, make("span", { id: "count", role: "status" }), make("button", { type: "button", id: "clear", onclick: clear }, said("filter.clear"))),
  );
}

function cards() {
  const of = (outlook) => content.needs.filter((need) => need.outlook === outlook).length;
  const named = new Set(matches.filter((match) => match.row[GRADE] >= 2).map((match) => match.row[WHO])).size;
  const card = (name, count, outlook) => make(
    "button", { type: "button", class: `card card-${name}`, "data-outlook": outlook, onclick: () => pickFilter("outlook", outlook) },
    make("b", null, number(count)), make("span", null, said(`card.${name}`)),
  );
  return make(
    "div", { class: "cards" },
    card("needs", content.needs.length, ""), OUTLOOKS.map((one) => card(one, of(one), one)),
    make("div", { class: "card card-sites" }, make("b", null, number(named)), make("span", null, said("card.sites", { sites: number(content.suppliers.length) }))),
  );
}

function views() {
  const choice = (view) => make(
    "button", { type: "button", "aria-pressed": String(state.view === view), "data-view": view, onclick: () => {
      limit = 0;
      choose({ view, sort: "", desc: "", grade: "", region: "" });
      render();
      document.querySelector(`[data-view="${view}"]`).focus();
    } },
    said(`view.${view}`),
  );
  return make("div", { class: "views", role: "group", "aria-label": said("view") }, choice("needs"), choice("matches"));
}

function listPage() {
  drawings = charts(listedNeeds);
  return [
    cards(),
    make("section", { "aria-labelledby": "charts" }, make("h2", { id: "charts" }, said("charts")), make("p", { id: "follow", class: "small" }), make("div", { class: "charts" }, drawings)),
    make("section", { class: "lists" }, views(), filters(), make("div", { id: "list" })),
  ];
}
