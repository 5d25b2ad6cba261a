// Quel lieu une personne veut dire, par un nom, un code ou les deux : un seul, plusieurs avec la raison, ou aucun avec les
// plus proches. Les règles de generator/territories/reading.py, à changer avec lui ; les essais des deux lisent
// tests/territories/readings.csv. Rien n’est jamais choisi entre plusieurs lectures.
// @ts-check
import { sansAccents } from "./data.js";
import { WEAK, agree, gather, join, listPlaces, refuse, strengthOf } from "./place_clues.js";
import { compare, suggest } from "./place_guesses.js";

/** @typedef {import("./place_index.js").Named} Named */
/** @typedef {import("./place_index.js").Place} Place */
/** @typedef {import("./place_index.js").Places} Places */
/** `how` : ce qui l’a nommé, comme en Python (insee, ancien-code, code-postal, nom, ancien-nom…).
 * @typedef {{answer: "un", place: Place, how: string}} One */
/** `reason` : code-postal, deux-codes, homonymes ou plusieurs-sortes. @typedef {{answer: "plusieurs", found: Named[], reason: string}} Several */
/** `reason` : vide, trop-long, signes, inconnu, incomplet, hors-perimetre, contradiction ou autre-sorte ; aucun des plus proches n’est choisi.
 * @typedef {{answer: "aucun", reason: string, nearest: Place[]}} NoPlace */

/** @param {string} reason @param {Place[]} [nearest] @returns {NoPlace} */
const none = (reason, nearest = []) => ({ answer: "aucun", reason, nearest });

/** Ce que `text` et `code` nomment ensemble ; parmi les lieux d’une sorte (le `type` d’une collectivité) si elle est donnée.
 * @param {Places} places @param {string} text @param {{code?: string, type?: string}} [more] @returns {One | Several | NoPlace} */
export function readPlace(places, text, { code = "", type = "" } = {}) {
  const refused = refuse(places, text) || refuse(places, code);
  if (refused) return none(refused);
  const clues = join(gather(places, text), gather(places, code));
  const { names, codes, areas, unknown, elsewhere } = clues;
  const most = places.words.table.most;
  const told = listPlaces([...names, ...codes].flat()).slice(0, most);
  if (![names, codes, areas, unknown].some((part) => part.length) && !elsewhere) return none("vide");
  if (elsewhere) return none("hors-perimetre", told);
  if (unknown.length) return none("inconnu", suggest(places, clues, type));
  const agreed = agree(places, clues);
  const several = names.length + codes.length + areas.length > 1;
  if (!agreed.length) return none(several ? "contradiction" : "autre-sorte", told);
  const asked = agreed.filter(({ place }) => !type || place.type === type);
  if (!asked.length) return none("autre-sorte", listPlaces(agreed));
  const reading = decide(clues, asked, most);
  return reading.answer === "un" && !reading.place.entier ? none("hors-perimetre") : reading;
}

/** Est-ce une façon d’appeler ce lieu ? Un code dans le texte, ou un département, est alors le sien aussi.
 * @param {Places} places @param {string} nom @param {Place} place @returns {boolean} */
export function agrees(places, nom, place) {
  if (nom === place.nom) return true;
  if (refuse(places, nom)) return false;
  const clues = gather(places, nom);
  return !clues.unknown.length && !clues.elsewhere && agree(places, clues).some((named) => named.place === place);
}

/** @param {import("./place_clues.js").Clues} clues @param {Named[]} asked ceux sur lesquels toutes les parts s’accordent @param {number} most
 * @returns {One | Several | NoPlace} */
function decide({ names, codes, kinds }, asked, most) {
  if (!codes.length && names.length) {
    const best = Math.min(...asked.map(strengthOf));
    if (best === WEAK) return none("incomplet", listPlaces(asked).slice(0, most));
    // « Ville et Métropole de Rennes » veut dire les deux.
    if (kinds.size < 2) asked = asked.filter((named) => strengthOf(named) === best);
  }
  const found = listPlaces(asked);
  if (found.length === 1) return { answer: "un", place: found[0], how: asked[0].how };
  const reason = names.length
    ? new Set(found.map((place) => place.type)).size === 1
      ? "homonymes"
      : "plusieurs-sortes"
    : asked.every((named) => named.how === "code-postal")
      ? "code-postal"
      : "deux-codes";
  return { answer: "plusieurs", found: asked, reason };
}

/** `guessed` : rien ne commence ainsi, `found` n’est que ressemblant. @typedef {{reading: One | Several | NoPlace, found: Place[], guessed: boolean}} Offer */

/** Ce que des mots commencent, pour le proposer : ce qu’ils désignent d’abord, puis les noms et les codes qui commencent
 * ainsi, puis ceux dont un mot commence ainsi, sinon les plus proches.
 * @param {Places} places @param {string} text @param {{type?: string}} [more] la sorte voulue @returns {Offer} */
export function offer(places, text, { type = "" } = {}) {
  const reading = readPlace(places, text, { type });
  const words = places.words.listWords(text);
  if (!words.length || (reading.answer === "aucun" && ["signes", "trop-long"].includes(reading.reason)))
    return { reading, found: [], guessed: false };
  const first =
    reading.answer === "un" ? [reading.place] : reading.answer === "plusieurs" ? listPlaces(reading.found) : [];
  // L’article compte s’il est écrit : « la bo » veut d’abord La Bosse-de-Bretagne, puis Bobital.
  const typed = sansAccents(text);
  const begins = (/** @type {Place} */ { nom }) => Number(sansAccents(nom).startsWith(typed));
  const begun = [...beginSo(places, words), ...holdSo(places, words)].filter((place) => !type || place.type === type);
  const found = [...new Set([...first, ...begun.sort((a, b) => begins(b) - begins(a))])];
  return found.length || reading.answer !== "aucun"
    ? { reading, found, guessed: false }
    : { reading, found: reading.nearest, guessed: true };
}

/** @param {Places} places @param {string[]} words @returns {Place[]} */
function beginSo(places, words) {
  const asked = places.words.listKeys(words);
  /** @type {Named[]} */
  const found = [];
  for (const [key, group] of places.names) if (asked.some((begun) => key.startsWith(begun))) found.push(...group);
  if (/^[0-9]{2,}$/.test(asked[0]))
    for (const place of places.all)
      if ([place.code, ...place.postaux, ...place.anciensCodes].some((code) => code.startsWith(asked[0])))
        found.push({ place, how: "nom" });
  return sortNames(found);
}

/** @param {Places} places @param {string[]} words @returns {Place[]} */
const holdSo = (places, words) =>
  sortNames(places.spoken.filter((named) => named.words.includes(` ${words.join(" ")}`)));

const order = new Intl.Collator("fr");

/** Les noms d’aujourd’hui d’abord, les communes avant ce qui est plus grand, puis l’alphabet. @param {Named[]} found @returns {Place[]} */
const sortNames = (found) =>
  listPlaces(
    found.sort(
      (a, b) =>
        strengthOf(a) - strengthOf(b) ||
        Number(b.place.type === "commune") - Number(a.place.type === "commune") ||
        order.compare(a.place.nom, b.place.nom) ||
        compare([a.place.code], [b.place.code]),
    ),
  );
