// Which needs and matches answer the choices.
const needById = new Map(content.needs.map((need) => [need.id, need]));
const matches = content.needs.flatMap((need) => need.matches.map((row) => ({ need, row, supplier: content.suppliers[row[0]] })));
const [NAME, PLACE, REGION, SOURCE, ADDRESS, CELL, IS_SURE] = [0, 1, 2, 3, 4, 5, 6];
const [WHO, RANK, SCORE, ODDS, GRADE, KM, BASIS, MET, GAPS, ASK, SETTLE, STATES, COMPARED] = Array(13).keys();
const isLearned = matches.some((match) => match.row[ODDS] !== null);

/** All spellings in all languages in which a need or a match may be searched; made once each. */
function everything(numbers) {
  return folded(numbers.flatMap((one) => content.kept[one]).join(" "));
}

function searchedNeed(need) {
  need.searched ??= everything([need.name, ...need.names, need.buyer, need.family, need.programme, need.hs, need.origin, ...need.leading])
    + ` ${folded(need.id)} ${folded(need.sheet)}`;
  return need.searched;
}

function searchedMatch(match) {
  const { need, row, supplier } = match;
  match.searched ??= everything([need.name, ...need.names, need.buyer, supplier[NAME], supplier[PLACE], ...row[MET], ...row[GAPS], ...row[ASK]])
    + ` ${folded(need.id)} ${folded(need.sheet)}`;
  return match.searched;
}

function answers(searched) {
  const words = folded(state.q).split(/\s+/).filter(Boolean);
  return words.every((word) => searched.includes(word));
}

function ofNeed(need) {
  return (!state.family || key(need.family) === state.family)
    && (!state.buyer || key(need.buyer) === state.buyer)
    && (!state.outlook || need.outlook === state.outlook)
    && (!state.status || need.status === state.status);
}

function shownNeeds() {
  return content.needs.filter((need) => ofNeed(need)
    && (!state.region || key(need.region) === state.region)
    && (!state.grade || String(need.grade) === state.grade)
    && (!state.q || answers(searchedNeed(need))));
}

function shownMatches() {
  return matches.filter((match) => ofNeed(match.need)
    && (!state.region || key(match.supplier[REGION]) === state.region)
    && (!state.grade || String(match.row[GRADE]) === state.grade)
    && (!state.q || answers(searchedMatch(match))));
}

/** The needs that charts show: those of the list, or those of the matches in it. */
function listedNeeds() {
  return state.view === "matches" ? [...new Set(shownMatches().map((match) => match.need))] : shownNeeds();
}

/** Sorted by a column: what is not known stands last whichever way; ties keep their order. */
function sorted(rows, value, isDescending) {
  const collator = new Intl.Collator(state.lang, { numeric: true });
  const isKnown = (one) => one !== null && one !== undefined && one !== "";
  return rows.map((row) => [value(row), row]).sort(([one], [other]) => {
    if (!isKnown(one) || !isKnown(other)) return isKnown(other) - isKnown(one);
    const order = typeof one === "number" ? one - other : collator.compare(one, other);
    return isDescending ? -order : order;
  }).map(([, row]) => row);
}

/** [value, label, count] of each choice of a filter, over all needs. */
function options(name) {
  const counted = (values) => {
    const found = new Map();
    for (const [value, label] of values) {
      if (value) found.set(value, [value, label, (found.get(value)?.[2] ?? 0) + 1]);
    }
    return [...found.values()];
  };
  const byLabel = (rows) => sorted(rows, (row) => row[1], false);
  if (name === "family") return byLabel(counted(content.needs.map((need) => [key(need.family), text(need.family)])));
  if (name === "buyer") return byLabel(counted(content.needs.map((need) => [key(need.buyer), text(need.buyer)])));
  if (name === "region") {
    const all = state.view === "matches" ? matches.map((match) => match.supplier[REGION]) : content.needs.map((need) => need.region);
    return byLabel(counted(all.map((one) => [key(one), text(one)])));
  }
  if (name === "outlook") return OUTLOOKS.flatMap((one) => counted(content.needs.filter((need) => need.outlook === one).map(() => [one, said(`outlook.${one}`)])));
  if (name === "status") return content.statuses.flatMap((one) => counted(content.needs.filter((need) => need.status === one).map(() => [one, said(`status.${one}`)])));
  const grades = state.view === "matches" ? matches.map((match) => match.row[GRADE]) : content.needs.map((need) => need.grade);
  return [4, 3, 2, 1, 0].flatMap((one) => counted(grades.filter((grade) => grade === one).map(() => [String(one), `${one} – ${said(`grade.${one}`)}`])));
}
