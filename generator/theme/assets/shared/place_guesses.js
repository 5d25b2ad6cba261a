// Les lieux à proposer quand un texte n’en dit aucun à lui seul : ceux qu’il nomme, ou qui lui ressemblent. Les règles de
// generator/territories/reading.py, à changer avec lui.
// @ts-check
import { sansAccents } from "./data.js";
import { likeness } from "./likeness.js";
import { SHORT, listPlaces, strengthOf } from "./place_clues.js";

/** @typedef {import("./place_index.js").Place} Place */
/** @typedef {import("./place_index.js").Places} Places */

/** D’un texte qui contient d’autres mots : les lieux qu’il nomme, ceux de ses codes, sinon les noms qui lui ressemblent.
 * @param {Places} places @param {import("./place_clues.js").Clues} clues @param {string} type @returns {Place[]} */
export function suggest(places, { names, codes, unknown }, type) {
  const inside = findInside(places, unknown, type);
  const coded = listPlaces([...codes, ...names].flat());
  const both = inside.filter((place) => coded.includes(place));
  const near = both.length ? both : coded.length ? coded : [...findNearest(places, unknown, type), ...inside];
  return [...new Set(near)].slice(0, places.words.table.most);
}

/** Les lieux dont tout le nom est parmi ces mots, les plus longs d’abord : « Rennes, quartier Villejean ».
 * @param {Places} places @param {string[]} words @param {string} type @returns {Place[]} */
function findInside(places, words, type) {
  for (let length = Math.min(words.length, LONGEST_NAME); length > 0; length -= 1) {
    const runs = words.slice(0, words.length - length + 1).map((_, i) => words.slice(i, i + length).join(""));
    const found = runs
      .flatMap((key) => places.names.get(key) ?? [])
      .filter((named) => strengthOf(named) < SHORT && (!type || named.place.type === type));
    if (found.length) return listPlaces(found);
  }
  return [];
}

/** Les mots d’un nom : « La Chapelle-aux-Filtzméens » en a quatre. */
const LONGEST_NAME = 8;

/** Les lieux dont les noms ressemblent le plus à ces mots. @param {Places} places @param {string[]} words @param {string} type @returns {Place[]} */
function findNearest(places, words, type) {
  const asked = words.join("");
  const { alike, most } = places.words.table;
  /** @type {Map<Place, number>} */
  const best = new Map();
  for (const [key, group] of places.names) {
    // Leurs longueurs disent d’abord si c’est possible.
    if (2 * Math.min(asked.length, key.length) < alike * (asked.length + key.length)) continue;
    const much = likeness(asked, key);
    for (const { place } of much >= alike ? group : [])
      if (!type || place.type === type) best.set(place, Math.max(much, best.get(place) ?? 0));
  }
  const sorted = (/** @type {Place} */ { nom, code }) => [sansAccents(nom).replaceAll(" ", ""), nom, code];
  return [...best]
    .sort(([a, much], [b, more]) => more - much || compare(sorted(a), sorted(b)))
    .slice(0, most)
    .map(([place]) => place);
}

/** @param {string[]} a @param {string[]} b @returns {number} */
export function compare(a, b) {
  const i = a.findIndex((text, rank) => text !== b[rank]);
  return i < 0 ? 0 : a[i] < b[i] ? -1 : 1;
}
