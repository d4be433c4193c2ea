// What the reader chose stands in the address behind "#": a need first, then name=value.
const DEFAULTS = {
  lang: content.language, view: "needs", q: "", family: "", region: "", buyer: "", outlook: "", grade: "", status: "",
  sort: "", desc: "",
};
const FILTERS = ["q", "family", "region", "buyer", "outlook", "grade", "status"];

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The choices of an address; what is not known in it is left out. */
function choicesOf(hash) {
  const found = { ...DEFAULTS, need: "" };
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    const name = part.slice(0, at);
    if (at < 0) found.need = decoded(part);
    else if (Object.hasOwn(DEFAULTS, name)) found[name] = decoded(part.slice(at + 1));
  }
  if (!content.languages.includes(found.lang)) found.lang = DEFAULTS.lang;
  if (found.view !== "matches") found.view = "needs";
  return found;
}

/** The address of the present choices with some changed. */
function addressOf(changes) {
  const wanted = { ...state, ...changes };
  const parts = wanted.need ? [encodeURIComponent(wanted.need)] : [];
  for (const name of Object.keys(DEFAULTS)) {
    if (wanted[name] !== DEFAULTS[name]) parts.push(`${name}=${encodeURIComponent(wanted[name])}`);
  }
  return "#" + parts.join("&");
}

/** Take up choices without a new step of the browser's history. */
function choose(changes) {
  Object.assign(state, changes);
  history.replaceState(null, "", addressOf({}));
}
