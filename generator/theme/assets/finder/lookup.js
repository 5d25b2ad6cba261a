// Ce que le chercheur répond à ce que l’on tape : où il mène quand c’est certain, sinon quoi proposer et pourquoi. Aucun
// accès à la page.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { listPlaces } from "../shared/place_clues.js";
import { offer } from "../shared/places.js";

/** @typedef {import("../shared/place_index.js").Place} Place */
/** @typedef {import("../shared/place_index.js").Places} Places */
/** @typedef {import("../shared/places.js").Offer["reading"]} Reading */
/** `place` : le seul lieu voulu, s’il est certain ; `offered` : ceux à proposer ; `words` : la phrase qui le dit.
 * @typedef {{place: Place | null, offered: Place[], words: string}} Answer */

const FEWEST = 8; // lieux montrés au moins, s’il y en a autant ; tous ceux qui partagent un code
const NUMBERS = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(" ");

/** @param {number} n @param {string} one @param {string} many */
const count = (n, one, many) => (n === 1 ? one : `${NUMBERS[n - 2] ?? n} ${many}`);
const upper = (/** @type {string} */ words) => words.charAt(0).toUpperCase() + words.slice(1);

/** Ce que le chercheur appelle un lieu : « Le Faouët (Morbihan) ». @param {Places} places @param {Place} place */
export const nameOf = (places, { nom, homonyme, departements }) =>
  homonyme ? `${nom} (${places.byCode.get(departements[0])?.nom})` : nom;

/** @param {Places} places @param {string} text @param {string} [type] la sorte de lieu voulue @returns {Answer} */
export function look(places, text, type = "") {
  const { reading, found, guessed } = offer(places, text, { type });
  // Cinq chiffres sont le plus souvent un code postal : celles qui le partagent d’abord.
  const isPostal = (/** @type {Place} */ { postaux }) => postaux.includes(text.trim());
  const here = found
    .filter(({ chemin, type: own }) => chemin && (!type || own === type))
    .sort((a, b) => Number(isPostal(b)) - Number(isPostal(a)));
  const told = reading.answer === "plusieurs" ? listPlaces(reading.found).length : 0;
  const offered = here.slice(0, Math.max(FEWEST, told));
  if (reading.answer !== "un") return { place: null, offered, words: explain(reading, text, offered, guessed) };
  if (!reading.place.chemin) return { place: null, offered, words: OUTSIDE };
  return {
    place: reading.place,
    offered,
    words: offered.length > 1 ? `${offered.length} lieux proposés` : "1 lieu proposé",
  };
}

/** La commune d’une adresse `?commune=` : son code INSEE d’aujourd’hui, ou d’avant s’il ne veut rien dire d’autre.
 * @param {Places} places @param {string} code @returns {Place | undefined} */
export function findAddressed(places, code) {
  const place = places.byCode.get(code) ?? (places.postal.has(code) ? undefined : places.former.get(code));
  return place?.type === "commune" && place.chemin ? place : undefined;
}

const OUTSIDE = "Ce lieu est hors du territoire de l’annuaire.";

/** Pourquoi rien n’est choisi. @param {Reading} reading @param {string} text @param {Place[]} offered @param {boolean} guessed */
function explain(reading, text, offered, guessed) {
  if (reading.answer === "plusieurs") return explainSeveral(reading, text);
  switch (reading.answer === "aucun" ? reading.reason : "") {
    case "trop-long":
      return "C’est trop long pour un nom de lieu\u00a0: écrivez seulement le nom de la commune, ou son code postal.";
    case "signes":
      return "Un de ces signes n’est pas d’un nom de lieu\u00a0: écrivez le nom de la commune, ou son code postal.";
    case "hors-perimetre":
      return OUTSIDE;
    case "contradiction":
      return "Ce nom et ce code ne sont pas ceux du même lieu\u00a0: choisissez le vôtre.";
    case "autre-sorte":
      return "Ce nom n’est pas celui d’un lieu de cette sorte\u00a0: écrivez le nom de la commune, ou son code postal.";
  }
  const digits = /^[\d\s]+$/.test(text);
  const unknown = digits ? "Aucun lieu de l’annuaire n’a ce code" : "Aucun lieu de l’annuaire ne porte ce nom";
  if (!text.trim()) return "Écrivez le nom de votre commune, ou son code postal.";
  if (!offered.length) return `${unknown}\u00a0: vérifiez-le, ou écrivez ${digits ? "le nom" : "le code postal"}.`;
  if (guessed)
    return `${unknown}\u00a0; ${offered.length > 1 ? "les plus proches sont" : "le plus proche est"} dans la liste.`;
  return offered.length > 1
    ? "Plusieurs lieux répondent\u00a0: choisissez le vôtre."
    : "Un lieu répond\u00a0: choisissez-le, si c’est le vôtre.";
}

/** @param {Extract<Reading, {answer: "plusieurs"}>} reading @param {string} text @returns {string} */
function explainSeveral({ found, reason }, text) {
  const places = listPlaces(found);
  if (reason === "homonymes")
    return `${upper(count(places.length, "une", "lieux"))} portent ce nom\u00a0: choisissez le vôtre.`;
  if (reason === "plusieurs-sortes") return "Ce nom est celui de lieux de plusieurs sortes\u00a0: choisissez le vôtre.";
  if (found.every(({ how }) => how === "ancien-siren"))
    return "Plusieurs intercommunalités ont remplacé celle-ci\u00a0: choisissez la vôtre.";
  const digits = text.replace(/\D/g, "");
  const code = digits.length === 5 ? digits : "Ce code";
  const sharing = places.filter((place) => place.postaux.includes(digits));
  const other = found.find(({ place }) => !sharing.includes(place));
  const shared = count(sharing.length, "une commune", "communes");
  if (!other) return `${code} est partagé par ${shared}\u00a0: choisissez la vôtre.`;
  const how = other.how === "insee" ? "le code INSEE" : "l’ancien code INSEE";
  return `${code} est le code postal ${/^[aeiouy]/.test(shared) ? "d’" : "de "}${shared}, et ${how} d’une autre\u00a0: choisissez la vôtre.`;
}

/** Ce qu’une ligne de la liste dit d’un lieu : le code et l’ancien nom par lesquels il répond, son département.
 * @param {Places} places @param {Place} place @param {string} text @returns {string} */
export function describe(places, place, text) {
  if (place.type === "region") return "région";
  if (place.type === "departement") return `département ${place.code}`;
  const where = place.departements.map((code) => places.byCode.get(code)?.nom ?? code).join(", ");
  if (place.type === "epci") return `intercommunalité, ${where}`;
  const former = findFormerName(places, place, text);
  const code = matchCode(place, text);
  return `${place.homonyme ? code : `${code}, ${where}`}${former ? `\u00a0; ${former} en fait partie` : ""}`;
}

/** @param {Place} place @param {string} text */
function matchCode({ code, postaux, anciensCodes }, text) {
  const begun = /(?:^|\D)(\d{2,5})(?!\d)/.exec(text)?.[1];
  const of = (/** @type {string[]} */ codes) => (begun ? codes.find((one) => one.startsWith(begun)) : undefined);
  const former = of(anciensCodes);
  if (of(postaux)) return /** @type {string} */ (of(postaux));
  if (of([code])) return `code INSEE ${code}`;
  return former ? `ancien code INSEE ${former}` : postaux[0];
}

/** @param {Places} places @param {Place} place @param {string} text @returns {string} */
function findFormerName({ words }, place, text) {
  const asked = words.listWords(text).filter((word) => !/^\d/.test(word));
  const begins = (/** @type {string} */ nom) => {
    const own = words.listWords(nom);
    return (
      words.listKeys(own).some((key) => words.listKeys(asked).some((begun) => key.startsWith(begun))) ||
      ` ${own.join(" ")}`.includes(` ${asked.join(" ")}`)
    );
  };
  if (!sansAccents(text) || !asked.length || begins(place.nom)) return "";
  return place.anciensNoms.find(begins) ?? "";
}
