// Ce qu’un texte contient qui dit un lieu : noms, codes, département, et les mots autour. Les règles de
// generator/territories/clues.py, à changer avec lui.
// @ts-check
import { sansAccents } from "./data.js";
import { LENGTHS, isElsewhere, readCode } from "./place_codes.js";

/** @typedef {import("./place_index.js").Named} Named */
/** @typedef {import("./place_index.js").Place} Place */
/** @typedef {import("./place_index.js").Places} Places */
/** Chaque part de `names` et de `codes` est tout ce qu’elle peut vouloir dire ; `unknown` : les mots qui ne sont ici le nom de rien.
 * @typedef {{names: Named[][], codes: Named[][], areas: Place[], kinds: Set<string>, unknown: string[], elsewhere: boolean}} Clues */

export const SHORT = 2;
export const WEAK = 3;
/** @type {Record<string, number>} */
const STRENGTH = {
  nom: 0,
  "nom-breton": 1,
  "ancien-nom": 1,
  sigle: 1,
  "nom-court": SHORT,
  initiales: WEAK,
  debut: WEAK,
};
const SCIENTIFIC = /^\s*([0-9])[.,]([0-9]+)[eE]\+?([0-9]{1,2})\s*$/;
const CORSICAN = /(?:^| )2[ab][0-9]{3}(?: |$)/;

/** Plus petit est plus sûr. @param {Named} named */
export const strengthOf = (named) => STRENGTH[named.how];

/** @param {Iterable<Named>} found @returns {Place[]} */
export const listPlaces = (found) => [...new Set([...found].map((named) => named.place))];

/** Pourquoi un texte n’est pas lu du tout. @param {Places} places @param {string} text @returns {string} */
export function refuse({ words: { table } }, text) {
  if ([...text].length > table.longest) return "trop-long";
  return new RegExp(table.foreign_sign).test(text) ? "signes" : "";
}

/** @returns {Clues} */
const nothing = () => ({ names: [], codes: [], areas: [], kinds: new Set(), unknown: [], elsewhere: false });

/** @param {Clues} a @param {Clues} b @returns {Clues} */
export const join = (a, b) => ({
  names: [...a.names, ...b.names],
  codes: [...a.codes, ...b.codes],
  areas: [...a.areas, ...b.areas],
  kinds: new Set([...a.kinds, ...b.kinds]),
  unknown: [...a.unknown, ...b.unknown],
  elsewhere: a.elsewhere || b.elsewhere,
});

/** @param {Places} places @param {string} text @returns {Clues} */
export function gather(places, text) {
  const short = SCIENTIFIC.exec(text);
  // Un nombre abrégé par un tableur, dont aucun chiffre n’est perdu : « 2,42900694E+08 ».
  if (short && short[2].length === Number(short[3])) text = short[1] + short[2];
  const clues = nothing();
  if (CORSICAN.test(sansAccents(text))) return { ...clues, elsewhere: true };
  const { words, codes } = partCodes(places, places.words.listWords(text));
  for (const { label, code } of codes) {
    const all = readCode(places, code);
    const labelled = all.filter((named) => !label || named.how === label);
    const found = labelled.length ? labelled : all;
    if (code.length === 2 && found.length) clues.areas.push(found[0].place);
    else if (found.length) clues.codes.push(found);
    else if (isElsewhere(places, code) && (code.length > 2 || !words.length)) clues.elsewhere = true;
    else clues.unknown.push(code);
  }
  return words.length ? join(clues, gatherNames(places, words)) : clues;
}

/** Les mots, puis les codes ; des chiffres séparés par des espaces font un seul code. @param {Places} places @param {string[]} parts */
function partCodes({ words: { table, idle } }, parts) {
  /** @type {string[]} */
  const words = [];
  /** @type {{label: string, code: string}[]} */
  const codes = [];
  const isNumber = (/** @type {string | undefined} */ part) => part !== undefined && /^[0-9]/.test(part);
  for (let i = 0; i < parts.length;) {
    if (!isNumber(parts[i])) {
      words.push(parts[i]);
      i += 1;
      continue;
    }
    const start = i;
    while (isNumber(parts[i])) i += 1;
    const last = words[words.length - 1] ?? "";
    if (last === "cedex") continue; // son propre numéro
    const isBox = table.boxes.split(" ").includes(last); // « CS 12345 35000 Rennes cedex »
    if (isBox) words.pop();
    const label = Object.hasOwn(table.labels, last) ? table.labels[/** @type {string} */ (words.pop())] : "";
    const digits = parts.slice(isBox ? start + 1 : start, i);
    for (const code of LENGTHS.has(digits.join("").length) ? [digits.join("")] : digits) {
      if (LENGTHS.has(code.length)) codes.push({ label, code });
      else words.push(code);
    }
  }
  return { words: words.filter((word, i) => !idle.has(word) || words[i - 1] === "de"), codes };
}

/** @param {Places} places @param {string[]} words @returns {Clues} */
function gatherNames(places, words) {
  const { found, kinds, left } = findNames(places, words);
  if (found.length) return { ...nothing(), names: [found], kinds };
  if (!left.length) return { ...nothing(), kinds }; // « Mairie », devant un code
  for (const area of places.all.filter((one) => one.type === "departement" || one.type === "region")) {
    // « Le Faouët, Morbihan ».
    const end = places.words.listWords(area.nom);
    if (words.length > end.length && words.slice(-end.length).join(" ") === end.join(" ")) {
      const clues = gatherNames(places, words.slice(0, -end.length));
      return { ...clues, areas: [...clues.areas, area] };
    }
  }
  if ([words, left].some((some) => places.words.listKeys(some).some((key) => places.elsewhere.has(key))))
    return { ...nothing(), kinds, elsewhere: true };
  return { ...nothing(), kinds, unknown: left };
}

/** @param {Places} places @param {string[]} words @returns {{found: Named[], kinds: Set<string>, left: string[]}} */
function findNames(places, words) {
  /** @type {Named[]} */
  let found = [];
  let left = words;
  let kinds = new Set();
  for (const peeled of places.words.peel(words)) {
    [left, kinds] = [peeled.words, peeled.kinds];
    found = places.words.listKeys(left).flatMap((key) => places.names.get(key) ?? []);
    if (found.length) break;
  }
  found.push(...(places.cores.get(places.words.coreKey(words)) ?? []));
  const best = Math.min(WEAK, ...found.map(strengthOf));
  if (best === WEAK) found.push(...beginWith(places, left).map((place) => ({ place, how: "debut" })));
  // « Batz » est l’île, et le début de Batz-sur-Mer.
  else if (best === SHORT && found[0].place.type === "commune")
    found.push(...beginWith(places, left).map((place) => ({ place, how: "nom-court" })));
  const byPlace = new Map(found.sort((a, b) => strengthOf(b) - strengthOf(a)).map((named) => [named.place, named]));
  return { found: [...byPlace.values()].sort((a, b) => strengthOf(a) - strengthOf(b)), kinds, left };
}

/** « La Baule » : les lieux dont le nom commence par ces mots. @param {Places} places @param {string[]} words @returns {Place[]} */
function beginWith(places, words) {
  const begun = places.words.stripArticle(words);
  const letters = begun.join("");
  if (letters.length < 3) return [];
  /** @type {Set<Place>} */
  const found = new Set();
  for (const [key, group] of places.names) {
    for (const { place, how } of key.startsWith(letters) ? group : []) {
      const whole = places.words.stripArticle(places.words.listWords(place.nom));
      if (how === "nom" && whole.length > begun.length && begun.every((word, i) => word === whole[i])) found.add(place);
    }
  }
  return [...found];
}

/** Les lieux que toutes les parts nomment, par ce qu’est le code quand il y en a un. @param {Places} places @param {Clues} clues @returns {Named[]} */
export function agree(places, { names, codes, areas, kinds }) {
  const [first = areas.slice(0, 1).map((place) => ({ place, how: "numero" })), ...others] = [...codes, ...names];
  return first.filter(
    ({ place }) =>
      others.every((part) => part.some((named) => named.place === place)) &&
      areas.every((area) => liesIn(places, place, area)) &&
      (!kinds.size || kinds.has(place.type)),
  );
}

/** @param {Places} places @param {Place} place @param {Place} area */
const liesIn = (places, place, area) =>
  place === area ||
  (area.type === "region" ? place.departements.some(places.isWhole) : place.departements.includes(area.code));
