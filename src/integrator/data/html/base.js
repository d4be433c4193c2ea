"use strict";
// What was read stands in the page as data alone: it becomes text nodes, never markup.
const content = JSON.parse(document.getElementById("content").textContent);
const state = {};

/** A text by its number, in the language of the reader. */
function text(number) {
  const kept = content.kept[number];
  return typeof kept === "string" ? kept : kept[content.languages.indexOf(state.lang)];
}

/** The same text whatever the reader's language: what a filter is remembered by. */
function key(number) {
  const kept = content.kept[number];
  return typeof kept === "string" ? kept : kept[0];
}

/** A text of the page, with its values filled in. */
function said(name, values = {}) {
  const words = content.words[state.lang];
  const found = Object.hasOwn(words, name) ? words[name] : name;
  return found.replace(/\{(\w+)\}/g, (hole, one) => (Object.hasOwn(values, one) ? String(values[one]) : hole));
}

/** A number as the reader's language writes it; Western digits in all. */
function number(value, decimals = 0) {
  const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
  const isEnglish = state.lang === "en";
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, isEnglish ? "," : "\u202f");
  return (value < 0 ? "\u2212" : "") + grouped + (rest ? (isEnglish ? "." : ",") + rest : "");
}

function percent(share) {
  return number(100 * share) + (state.lang === "en" ? "%" : "\u00a0%");
}

/** A learned probability: never as certain as a rounded one would look. */
function chances(share) {
  return share > 0.99 ? `> ${percent(0.99)}` : share < 0.01 ? `< ${percent(0.01)}` : percent(share);
}

/** An element with attributes, listeners (`onclick` ...) and children; strings become text. */
function make(tag, attributes, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a part of a drawing. */
function draw(tag, attributes, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== ""));
  return element;
}

/** A text that was received: kept apart from the direction of what stands around it. Our own Arabic runs right to left. */
function received(one) {
  const shown = typeof one === "number" ? text(one) : one;
  if (!shown || !/\p{L}/u.test(shown)) return shown || null;
  const isOurs = typeof one === "number" && typeof content.kept[one] !== "string";
  return make("bdi", isOurs && /\p{Script=Arabic}/u.test(shown) ? { dir: "rtl" } : null, shown);
}

/** A text that the run made, in its language; French signs are not parted from their word at the end of a line. */
function made(one) {
  const shown = content.language === "fr" ? text(one).replace(/« /g, "«\u00a0").replace(/ (?=[»?!:;])/g, "\u00a0") : text(one);
  return make("bdi", { lang: content.language }, shown);
}

/** What stands before a text: French parts the colon from its word. */
function label(name) {
  return state.lang === "fr" ? `${name}\u00a0: ` : `${name}: `;
}

/** A source, as a link where its address is one of the web. */
function source(title, address) {
  const found = text(address);
  if (!/^https?:\/\/[^\s"<>\\]+$/i.test(found)) return received(title) || received(address);
  const shown = text(title) || found;
  return make("a", { href: found, target: "_blank", rel: "noopener noreferrer" }, make("bdi", null, shown));
}

/** A text as it is searched: no accents, no marks, no capitals. */
function folded(one) {
  return one.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** What a grade is called, on its colour. */
function chip(grade) {
  const known = grade === null ? "none" : grade;
  return make("span", { class: `chip grade-${known}` }, said(`grade.${known}`));
}
