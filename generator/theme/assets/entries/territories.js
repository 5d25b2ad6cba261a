// Les territoires de l’annuaire, pour qui écrit une fiche : les lieux que lisent tous les scripts (`shared/places.js`), avec
// de quoi les nommer dans une phrase et les anciens codes.
// @ts-check
import { charge, unefois } from "../shared/data.js";
import { loadPlaces } from "../shared/place_index.js";
import { readCode } from "../shared/place_codes.js";
import { agrees, offer, readPlace } from "../shared/places.js";
import { enumere } from "./problem.js";

/** @typedef {import("../shared/place_index.js").Kind} Sorte le `type` de la collectivité d’une fiche */
/** Un lieu ; `de` : son nom après « de » (« du Faouët »). @typedef {import("../shared/place_index.js").Place & {de: string}} Lieu */
/** Un lieu, et ce qui le nomme. @typedef {{place: Lieu, how: string}} Lecture */
/** @typedef {ReturnType<typeof range>} Lieux */

/** Les territoires, chargés une fois. @type {() => Promise<Lieux>} */
export const lieux = unefois(async () => {
  const [places, dits] = await Promise.all([loadPlaces(), charge("donnees/collectivites.json")]);
  return range(places, dits);
});

/** @param {import("../shared/place_index.js").Places} places
 * @param {{de: Record<string, string>, anciennes: Record<string, string>, couverts: Record<string, Record<string, string>>,
 *   lectures: Record<string, string>}} dits `donnees/collectivites.json` */
function range(places, { de, anciennes, couverts, lectures: sortes }) {
  const tous = places.all.map((place) => Object.assign(place, { de: de[place.code] ?? `de ${place.nom}` }));

  /** @param {string} type @param {string} code */
  const collectivite = (type, code) => {
    const lieu = /** @type {Lieu | undefined} */ (places.byCode.get(code));
    return lieu?.type === type ? lieu : undefined;
  };
  /** Tout ce qu’un code peut vouloir dire. @param {string} code */
  const lectures = (code) => /** @type {Lecture[]} */ (readCode(places, code));

  /** @param {import("../shared/place_index.js").Place} grand @param {Lieu} commune */
  const contient = (grand, commune) =>
    grand.type === "departement"
      ? commune.departements.includes(grand.code)
      : grand.type === "region" && commune.departements.some(places.isWhole);

  return {
    collectivite,
    lectures,
    /** Ce que disent de ce qu’ils couvrent les phrases sur un code inconnu, par sorte. */
    couverts,
    /** Le lieu de ce code, s’il est d’une de ces sortes. @param {string} code @param {string[]} sortes @returns {Lieu | undefined} */
    deCode: (code, sortes) => sortes.map((sorte) => collectivite(sorte, code)).find(Boolean),
    /** Tous ceux d’une sorte, dans l’ordre des codes. @param {Sorte} type @returns {Lieu[]} */
    tous: (type) => tous.filter((lieu) => lieu.type === type),
    /** Les communes d’un lieu : codes INSEE. @param {import("../shared/place_index.js").Place} place @returns {string[]} */
    communesDe: (place) =>
      tous
        .filter((une) => une.type === "commune" && (une === place || une.epci === place || contient(place, une)))
        .map(({ code }) => code),
    /** Le type que disent des mots : « Communauté de communes » est epci. @param {string} mots */
    sorte: (mots) => places.words.findKind(places.words.listWords(mots)),
    /** Ce que fut un code qui n’a plus cours, et qui a pris la suite : personne d’un autre code.
     * @param {string} code @returns {{nom: string, places: Lieu[]}} */
    ancien: (code) => ({
      nom: places.heirs.get(code)?.nom ?? anciennes[code] ?? "une ancienne commune",
      places: lectures(code).flatMap(({ place, how }) => (how.startsWith("ancien-") ? place : [])),
    }),
    /** Les départements où il s’étend, celui de son dossier d’abord. @param {string} type @param {string} code @returns {string[]} */
    departementsDe: (type, code) => collectivite(type, code)?.departements ?? [],
    /** @param {string} code son numéro */
    nomDuDepartement: (code) => collectivite("departement", code)?.nom ?? code,
    /** Ce qu’un nom, un code ou les deux désignent. @param {string} texte @param {{code?: string, type?: string}} [plus] */
    lit: (texte, plus) => readPlace(places, texte, plus),
    /** Est-ce une façon d’appeler ce lieu ? @param {string} nom @param {Lieu} lieu */
    sAppelle: (nom, lieu) => agrees(places, nom, lieu),
    /** Ce que des mots commencent : les lieux à proposer, le plus sûr d’abord. @param {string} mots @param {number} [nombre] @returns {Lieu[]} */
    cherche: (mots, nombre = 8) => /** @type {Lieu[]} */ (offer(places, mots).found.slice(0, nombre)),
    /** « ancien code INSEE de Morlaix (29151) et code postal de Brest (29019) ». @param {Lecture[]} lues */
    enClair: (lues) => {
      const noms = (/** @type {string} */ sorte) => {
        const tous = lues.filter(({ how }) => how === sorte).map(({ place }) => `${place.de} (${place.code})`);
        // Un code postal peut être celui de quinze communes, qu’aucune phrase ne peut tenir.
        const { most } = places.words.table;
        return tous.length - most < 2 ? tous : [...tous.slice(0, most), `de ${tous.length - most} autres communes`];
      };
      return enumere([...new Set(lues.map(({ how }) => how))].map((how) => `${sortes[how]} ${enumere(noms(how))}`));
    },
  };
}
