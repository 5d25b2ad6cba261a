// Les territoires de l’annuaire, pour qui écrit une fiche : les lieux que lisent tous les scripts (`shared/places.js`), avec
// de quoi les nommer dans une phrase et les anciens codes.
// @ts-check
import { charge } from "../shared/data.js";
import { loadPlaces } from "../shared/place_index.js";
import { readCode } from "../shared/place_codes.js";
import { agrees, offer, readPlace } from "../shared/places.js";

/** @typedef {import("../shared/place_index.js").Kind} Sorte le `type` de la collectivité d’une fiche */
/** Un lieu ; `de` : son nom après « de » (« du Faouët »). @typedef {import("../shared/place_index.js").Place & {de: string}} Lieu */
/** @typedef {import("../shared/place_index.js").Places} Places */
/** @typedef {Awaited<ReturnType<typeof lieux>>} Lieux */

/** Les territoires, chargés une fois. */
export async function lieux() {
  const [places, autres] = await Promise.all([loadPlaces(), charge("donnees/collectivites.json")]);
  return range(places, autres);
}

/** @param {Places} places @param {any} autres `donnees/collectivites.json` */
function range(places, autres) {
  /** @type {Map<string, string>} */
  const liaisons = new Map(
    Object.entries(autres.liaisons).flatMap(([liaison, codes]) =>
      /** @type {string} */ (codes).split(" ").map((code) => /** @type {[string, string]} */ ([code, liaison])),
    ),
  );
  /** @type {Lieu[]} */
  const tous = places.all.map((place) =>
    Object.assign(place, { de: avecDe(liaisons.get(place.code) ?? "de", place.nom) }),
  );
  const parCode = new Map(tous.map((lieu) => [lieu.code, lieu]));
  /** @type {Map<string, string>} */
  const anciennes = new Map(autres.anciennes);

  /** @param {string} type @param {string} code @returns {Lieu | undefined} */
  const collectivite = (type, code) => {
    const lieu = parCode.get(code);
    return lieu?.type === type ? lieu : undefined;
  };

  /** @param {import("../shared/place_index.js").Place} grand @param {Lieu} commune */
  const contient = (grand, commune) =>
    grand.type === "departement"
      ? commune.departements.includes(grand.code)
      : grand.type === "region" && commune.departements.some(places.isWhole);

  return {
    collectivite,
    /** @param {string} code INSEE */
    commune: (code) => collectivite("commune", code),
    /** @param {string} code SIREN */
    epci: (code) => collectivite("epci", code),
    /** @param {string} code */
    departement: (code) => collectivite("departement", code),
    /** Un département tout entier dans l’annuaire. @param {string} code */
    entier: places.isWhole,
    /** Tous ceux d’une sorte, dans l’ordre des codes. @param {Sorte} type @returns {Lieu[]} */
    tous: (type) => tous.filter((lieu) => lieu.type === type),
    /** Les communes d’un lieu : codes INSEE. @param {import("../shared/place_index.js").Place} place @returns {string[]} */
    communesDe: (place) =>
      tous
        .filter((une) => une.type === "commune" && (une === place || une.epci === place || contient(place, une)))
        .map(({ code }) => code),
    /** Le type que disent des mots : « Communauté de communes » est epci. @param {string} mots */
    sorte: (mots) => places.words.findKind(places.words.listWords(mots)),
    /** Le nom d’un code INSEE qui n’a plus cours, quand une source le donne. @param {string} code */
    ancienNom: (code) => anciennes.get(code) ?? "",
    /** Ce qu’est devenue une intercommunalité. @param {string} siren */
    ancienneEpci: (siren) => places.heirs.get(siren),
    /** Les départements où il s’étend, celui de son dossier d’abord. @param {string} type @param {string} code @returns {string[]} */
    departementsDe: (type, code) => collectivite(type, code)?.departements ?? [],
    /** Tout ce qu’un code peut vouloir dire. @param {string} code
     * @returns {{place: Lieu, how: string}[]} */
    lectures: (code) => /** @type {{place: Lieu, how: string}[]} */ (readCode(places, code)),
    /** Ce qu’un nom, un code ou les deux désignent. @param {string} texte @param {{code?: string, type?: string}} [plus] */
    lit: (texte, plus) => readPlace(places, texte, plus),
    /** Est-ce une façon d’appeler ce lieu ? @param {string} nom @param {Lieu} lieu */
    sAppelle: (nom, lieu) => agrees(places, nom, lieu),
    /** Ce que des mots commencent : les lieux à proposer, le plus sûr d’abord. @param {string} mots @param {number} [nombre] @returns {Lieu[]} */
    cherche: (mots, nombre = 8) => /** @type {Lieu[]} */ (offer(places, mots).found.slice(0, nombre)),
  };
}

/** Le nom après « de » : « du », « des », « de la » et « de l’ » prennent la place de l’article du nom.
 * @param {string} liaison @param {string} nom @returns {string} */
function avecDe(liaison, nom) {
  if (liaison === "de") return `de ${nom}`;
  if (liaison === "d’") return `d’${nom}`;
  const nu = nom.replace(/^(?:Le |La |Les |L[’'])/, "");
  return liaison.endsWith("’") ? `${liaison}${nu}` : `${liaison} ${nu}`;
}
