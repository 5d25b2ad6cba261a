// Les lieux qu’une question désigne, avec ou sans COP : la lecture des lieux qui sert partout y répond.
// @ts-check
import { describe, nameOf } from "../finder/lookup.js";
import { plie, RACINE } from "../shared/data.js";
import { listPlaces } from "../shared/place_clues.js";
import { loadPlaces } from "../shared/place_index.js";
import { offer, readPlace } from "../shared/places.js";
import { sansNeutres } from "./words.js";

/** @typedef {import("./results.js").Trouvaille} Trouvaille */
/** @typedef {import("../shared/place_index.js").Place} Place */
/** @typedef {import("../shared/place_index.js").Places} Places */
/** Un lieu trouvé ; `exact` quand la question dit son nom ou son code en entier. @typedef {Trouvaille & {exact: boolean}} Lieu */

/** Les lieux que des mots nomment en entier. @param {ReturnType<typeof readPlace>} lecture @returns {Place[]} */
const nommes = (lecture) =>
  lecture.answer === "un" ? [lecture.place] : lecture.answer === "plusieurs" ? listPlaces(lecture.found) : [];

/** @param {Places} lieux @param {string} dite @param {Place[]} trouves @param {Place[]} exacts @returns {Lieu[]} */
const presente = (lieux, dite, trouves, exacts) =>
  trouves
    .filter(({ chemin }) => chemin)
    .map((place) => ({
      url: RACINE + place.chemin,
      titre: nameOf(lieux, place),
      lieu: describe(lieux, place, dite),
      extrait: "",
      exact: exacts.includes(place),
    }));

/** Les lieux que nomme en entier une suite de mots, la plus longue d’abord : « cantine langon » dit Langon.
 * @param {Places} lieux @param {string} question pliée @returns {Lieu[]} */
function parSuite(lieux, question) {
  const mots = question.split(" ");
  for (let longueur = mots.length; longueur > 0; longueur--) {
    for (let debut = 0; debut + longueur <= mots.length; debut++) {
      const suite = mots.slice(debut, debut + longueur).join(" ");
      const dits = suite.length > 2 ? nommes(readPlace(lieux, suite)) : [];
      if (dits.length) return presente(lieux, suite, dits, dits);
    }
  }
  return [];
}

/** @param {string} texte @returns {Promise<{trouves: Lieu[], nomme: boolean}>} les lieux, et si la question entière en
 *   nomme un */
export async function trouveLieux(texte) {
  if (plie(texte).length < 2) return { trouves: [], nomme: false };
  const [lieux, nue] = await Promise.all([loadPlaces(), sansNeutres(plie(texte))]);
  for (const dite of new Set([texte, nue])) {
    const { reading, found, guessed } = offer(lieux, dite);
    const trouves = guessed ? [] : presente(lieux, dite, found, nommes(reading));
    if (trouves.length) return { trouves, nomme: true };
  }
  return { trouves: parSuite(lieux, nue), nomme: false };
}
