// L’annuaire en court : le lire, y filtrer, compter, trier. Aucun accès à la page.
// @ts-check
import { charge, distance, plie } from "./donnees.js";

/** @typedef {{id: string, nom: string, precision: string, niveau: string, code: string, collectivite: string,
 *   type: string[], typeNom: string, theme: string[], statut: string[], statutNom: string, rejoindre: string[],
 *   participation: string[], departement: string[], epci: string[], inscrite: string, verifiee: string,
 *   place: number[], perimetre: string[], foin: string}} Cop */
/** @typedef {Record<string, string[]>} Choix les valeurs choisies de chaque facette */

export const FACETTES = ["departement", "epci", "type", "theme", "statut", "rejoindre", "participation"];

/** @type {Promise<Cop[]> | undefined} */
let connues;

/** Toutes les COP, chargées une fois. @returns {Promise<Cop[]>} */
export function cops() {
  connues ??= charge("donnees/annuaire.json")
    .then(decode)
    .then((lues) => {
      for (const [rang, cop] of lues.entries()) rangs.set(cop, rang);
      return lues;
    });
  connues.catch(() => {
    connues = undefined;
  });
  return connues;
}

/** @param {{colonnes: string[], niveaux: string[], choix: Record<string, [string, string][]>, epci: [string, string][],
 *   cops: any[][]}} donnees @returns {Cop[]} */
function decode({ colonnes, niveaux, choix, epci, cops: lignes }) {
  return lignes.map((ligne) => {
    /** @type {any} */
    const c = Object.fromEntries(colonnes.map((nom, i) => [nom, ligne[i]]));
    const noms = [choix.type[c.type][1], ...c.theme.map((/** @type {number} */ t) => choix.theme[t][1])];
    c.niveau = niveaux[c.niveau];
    c.typeNom = c.precision || noms[0];
    c.statutNom = choix.statut[c.statut][1];
    const epcis = c.epci.map((/** @type {number} */ rang) => epci[rang]);
    c.foin = ` ${plie([c.nom, c.mots, c.collectivite, c.precision, ...noms, ...epcis.map((/** @type {string[]} */ e) => e[1])].join(" "))}`;
    for (const nom of ["type", "statut", "rejoindre", "participation"])
      c[nom] = c[nom] < 0 ? [] : [choix[nom][c[nom]][0]];
    c.theme = c.theme.map((/** @type {number} */ rang) => choix.theme[rang][0]);
    c.epci = epcis.map((/** @type {string[]} */ e) => e[0]);
    return c;
  });
}

/** Les COP retenues, et pour chaque facette le nombre de COP de chaque valeur sous les autres choix.
 * @param {Cop[]} toutes @param {Choix} choix @param {string} texte */
export function filtre(toutes, choix, texte) {
  const mots = plie(texte).split(" ").filter(Boolean);
  const actives = FACETTES.filter((nom) => choix[nom]?.length);
  /** @type {Record<string, Map<string, number>>} */
  const comptes = Object.fromEntries(FACETTES.map((nom) => [nom, new Map()]));
  const retenues = [];
  for (const cop of toutes) {
    if (!mots.every((mot) => cop.foin.includes(` ${mot}`))) continue;
    const manques = actives.filter((nom) => !valeurs(cop, nom).some((v) => choix[nom].includes(v)));
    if (manques.length === 0) retenues.push(cop);
    // Une COP qu’un seul choix écarte compte encore dans la facette de ce choix.
    if (manques.length < 2) {
      for (const nom of manques.length ? manques : FACETTES) {
        for (const v of valeurs(cop, nom)) comptes[nom].set(v, (comptes[nom].get(v) ?? 0) + 1);
      }
    }
  }
  return { retenues, comptes };
}

/** @param {Cop} cop @param {string} nom @returns {string[]} */
const valeurs = (cop, nom) => /** @type {any} */ (cop)[nom];

/** Le rang de chaque COP par nom : l’annuaire arrive déjà dans l’ordre du dictionnaire.
 * @type {WeakMap<Cop, number>} */
const rangs = new WeakMap();

/** @param {Cop[]} liste @param {string} tri @param {number[]} [ici] place de la commune choisie @returns {Cop[]} */
export function trie(liste, tri, ici) {
  const parNom = (/** @type {Cop} */ a, /** @type {Cop} */ b) => (rangs.get(a) ?? 0) - (rangs.get(b) ?? 0);
  const loin = (/** @type {Cop} */ c) => (ici && c.place.length ? distance(ici, c.place) : Infinity);
  const copie = [...liste];
  if (tri === "proches" && ici) {
    const km = new Map(copie.map((c) => [c, loin(c)]));
    return copie.sort((a, b) => (km.get(a) ?? 0) - (km.get(b) ?? 0) || parNom(a, b));
  }
  const parJour = (/** @type {"inscrite" | "verifiee"} */ jour) =>
    copie.sort((a, b) => (a[jour] === b[jour] ? parNom(a, b) : a[jour] < b[jour] ? 1 : -1));
  if (tri === "recentes") return parJour("inscrite");
  if (tri === "verifiees") return parJour("verifiee");
  return copie.sort(parNom);
}

/** Les COP d’une commune, à chaque échelle. @param {Cop[]} toutes @param {import("./communes.js").Commune} c */
export function echelles(toutes, c) {
  const dans = (/** @type {Cop} */ cop) =>
    cop.perimetre.includes(c.code) || (c.epci !== null && cop.perimetre.includes(c.epci.code));
  const de = (/** @type {(cop: Cop) => boolean} */ test) => toutes.filter(test);
  return {
    commune: de((cop) => cop.niveau === "commune" && cop.code === c.code),
    epci: de(
      (cop) =>
        (cop.niveau !== "commune" && dans(cop)) ||
        (cop.niveau === "epci" && !cop.perimetre.length && cop.code === c.epci?.code),
    ),
    departement: de((cop) => cop.niveau === "departement" && cop.code === c.departement),
    region: de((cop) => cop.niveau === "region" && c.departement !== "44"),
  };
}
