// The frame, and what happens when the address changes.
const app = document.getElementById("app");
let left = { need: "", scroll: 0 };

function open(need) {
  location.hash = addressOf({ need: need.id });
}

function languages() {
  return make("nav", { class: "languages", "aria-label": said("language") }, content.languages.map((one) => make(
    "button", { type: "button", lang: one, "aria-pressed": String(one === state.lang), "data-lang": one, onclick: () => {
      choose({ lang: one });
      render();
      document.querySelector(`[data-lang="${one}"]`).focus();
    } },
    content.own_names[one],
  )));
}

function frame(main) {
  const about = said("subtitle", { needs: number(content.needs.length), sites: number(content.suppliers.length) });
  const date = content.date ? [" | ", make("bdi", { dir: "ltr", class: "date" }, content.date)] : [];
  const isHome = !state.need;
  return [
    make("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); document.getElementById("main").focus(); } }, said("skip")),
    content.notice ? make("p", { class: "notice" }, received(content.notice)) : null,
    make("header", { class: "band" }, make("div", null, make(isHome ? "h1" : "p", { class: "name" }, said("title")), make("p", null, about, date)), languages()),
    make("main", { id: "main", tabindex: "-1" }, state.lang === content.language ? null : make("p", { class: "small said-in" }, said("run_language", { language: said(`name.${content.language}`) })), main),
    make("footer", null, make("p", null, said("disclaimer"))),
  ];
}

function render() {
  document.documentElement.lang = state.lang;
  document.documentElement.dir = state.lang === "ar" ? "rtl" : "ltr";
  const need = needById.get(state.need);
  document.title = need ? `${need.sheet} ${text(need.name)}` : said("title");
  const main = need ? needPage(need) : [state.need ? make("p", { class: "banner" }, said("gone", { need: state.need })) : null, listPage()];
  app.replaceChildren(...frame(main).filter(Boolean));
  if (!need) refresh();
}

/** Another need or the list: the reader starts at its title, or where the list was left. */
function follow() {
  const before = state.need;
  Object.assign(state, choicesOf(location.hash));
  if (!before && state.need) left = { need: state.need, scroll: left.scroll };
  render();
  if (needById.has(state.need)) {
    window.scrollTo(0, 0);
    document.getElementById("title").focus({ preventScroll: true });
  } else if (before) {
    window.scrollTo(0, left.scroll);
    const links = [...document.querySelectorAll("#list a.open")];
    links.find((link) => choicesOf(link.hash).need === before)?.focus({ preventScroll: true });
  }
}

let width = window.innerWidth;
window.addEventListener("hashchange", follow);
window.addEventListener("scroll", () => { if (!state.need) left.scroll = window.scrollY; }, { passive: true });
window.addEventListener("resize", () => {
  if (window.innerWidth === width || needById.has(state.need)) return;
  width = window.innerWidth;
  for (const one of drawings) one.redraw();
});
history.scrollRestoration = "manual";
Object.assign(state, choicesOf(location.hash));
render();
