// L’annuaire en court : le lire, y filtrer, compter, trier. Aucun accès à la page.
// @ts-check
import { charge, distance, unefois } from "../shared/data.js";

/** @typedef {{id: string, nom: string, precision: string, niveau: string, code: string, collectivite: string,
 *   type: string, typeNom: string, statutNom: string, signe: string, valeurs: Record<string, string[]>,
 *   inscrite: string, verifiee: string, dernier_signe: string, place: number[], dossier: string}} Cop
 *   `valeurs` : ce que la COP répond à chaque facette ; `signe` : l’anneau de son statut ; `dossier` : celui de son fichier */
/** @typedef {Record<string, string[]>} Choix les valeurs choisies de chaque facette */
/** @typedef {{nom: string, choix: [string, string][]}} Facette */

/** Toutes les COP, chargées une fois. */
export const cops = unefois(async () => {
  const lues = decode(await charge("donnees/annuaire.json"));
  for (const [rang, cop] of lues.entries()) rangs.set(cop, rang);
  return lues;
});

/** @param {{colonnes: string[], niveaux: string[], types: [string, string][],
 *   statuts: [string, string, string | null][], facettes: Facette[], cops: any[][]}} donnees
 * @returns {Cop[]} */
function decode({ colonnes, niveaux, types, statuts, facettes, cops: lignes }) {
  return lignes.map((ligne) => {
    const {
      type,
      statut,
      niveau,
      facettes: rangs,
      ...dits
    } = Object.fromEntries(colonnes.map((nom, i) => [nom, ligne[i]]));
    const [, statutNom, signe] = statuts[statut];
    const choix = facettes.map((facette, i) => rangs[i].map((/** @type {number} */ rang) => facette.choix[rang]));
    return {
      ...dits,
      niveau: niveaux[niveau],
      type: types[type][0],
      typeNom: dits.precision || types[type][1],
      statutNom,
      signe: signe ?? "vide",
      valeurs: Object.fromEntries(
        facettes.map(({ nom }, i) => [nom, choix[i].map((/** @type {string[]} */ un) => un[0])]),
      ),
    };
  });
}

/** Les COP retenues, et pour chaque facette le nombre de COP de chaque valeur sous les autres choix.
 * @param {Cop[]} toutes @param {Choix} choix toutes les facettes, sans valeur là où rien n’est choisi
 * @param {Map<string, number> | null} trouvees celles que la recherche a trouvées et leur rang, s’il y a des mots */
export function filtre(toutes, choix, trouvees) {
  const noms = Object.keys(choix);
  const actives = noms.filter((nom) => choix[nom].length);
  /** @type {Record<string, Map<string, number>>} */
  const comptes = Object.fromEntries(noms.map((nom) => [nom, new Map()]));
  const retenues = [];
  for (const cop of toutes) {
    if (trouvees && !trouvees.has(cop.id)) continue;
    const manques = actives.filter((nom) => !valeurs(cop, nom).some((v) => choix[nom].includes(v)));
    if (manques.length === 0) retenues.push(cop);
    // Une COP qu’un seul choix écarte compte encore dans la facette de ce choix.
    if (manques.length < 2) {
      for (const nom of manques.length ? manques : noms) {
        for (const v of valeurs(cop, nom)) comptes[nom].set(v, (comptes[nom].get(v) ?? 0) + 1);
      }
    }
  }
  return { retenues, comptes };
}

/** Une page plus récente que ces données peut connaître une facette de plus. @param {Cop} cop @param {string} nom */
const valeurs = (cop, nom) => cop.valeurs[nom] ?? [];

/** Le rang de chaque COP par nom : l’annuaire arrive déjà dans l’ordre du dictionnaire.
 * @type {WeakMap<Cop, number>} */
const rangs = new WeakMap();

/** @param {Cop[]} liste @param {string} tri @param {number[]} [ici] la place d’une commune
 * @param {Map<string, number> | null} [trouvees] le rang de chacune par la recherche @returns {Cop[]} */
export function trie(liste, tri, ici, trouvees) {
  const parNom = (/** @type {Cop} */ a, /** @type {Cop} */ b) => (rangs.get(a) ?? 0) - (rangs.get(b) ?? 0);
  const loin = (/** @type {Cop} */ c) => (ici && c.place.length ? distance(ici, c.place) : Infinity);
  const copie = [...liste];
  if (tri === "proches" && ici) {
    const km = new Map(copie.map((c) => [c, loin(c)]));
    return copie.sort((a, b) => (km.get(a) ?? 0) - (km.get(b) ?? 0) || parNom(a, b));
  }
  if (tri === "mots" && trouvees)
    return copie.sort((a, b) => (trouvees.get(a.id) ?? 0) - (trouvees.get(b.id) ?? 0) || parNom(a, b));
  const parJour = (/** @type {"inscrite" | "verifiee" | "dernier_signe"} */ jour) =>
    copie.sort((a, b) => (a[jour] === b[jour] ? parNom(a, b) : a[jour] < b[jour] ? 1 : -1));
  if (tri === "recentes") return parJour("inscrite");
  if (tri === "verifiees") return parJour("verifiee");
  if (tri === "signes") return parJour("dernier_signe");
  return copie.sort(parNom);
}
