// Lire des données de n’importe quelle forme : ce qui n’est pas là, ou n’est pas ce qu’on attend, est passé.
// @ts-check

/** @typedef {import("./problem.js").Chemin} Chemin */

/** Le texte d’un endroit, vide s’il n’y en a pas ou si autre chose s’y trouve. @param {any} donnees @param {Chemin} ou */
export function texteDe(donnees, ...ou) {
  let ici = donnees;
  for (const pas of ou) ici = dans(ici, pas);
  return typeof ici === "string" ? ici : "";
}

/** Les textes d’une liste, vides là où se trouve autre chose. @param {any} donnees @param {string} cle @returns {string[]} */
export const textesDe = (donnees, cle) =>
  endroits(donnees, `${cle}.*`).map(([, un]) => (typeof un === "string" ? un : ""));

/** De quoi comparer deux valeurs, quel que soit l’ordre de leurs clés. @param {any} valeur @returns {string} */
export const canon = (valeur) =>
  JSON.stringify(valeur, (_, une) => (estGroupe(une) ? Object.fromEntries(Object.entries(une).sort(parCle)) : une));
/** @param {[string, any]} un @param {[string, any]} autre */
const parCle = ([un], [autre]) => (un < autre ? -1 : 1);

/** @param {any} valeur @returns {boolean} */
export const estGroupe = (valeur) => valeur !== null && typeof valeur === "object" && !Array.isArray(valeur);

/** Ce qui se trouve à ces chemins, `*` pour chaque élément d’une liste : `rencontres.*.objet`.
 * @param {any} donnees @param {string[]} chemins @returns {[Chemin, any][]} */
export const endroits = (donnees, ...chemins) => chemins.flatMap((chemin) => suit(donnees, chemin.split(".")));

/** @param {any} ici @param {string[]} pas @param {Chemin} [ou] @returns {[Chemin, any][]} */
function suit(ici, [pas, ...suite], ou = []) {
  if (pas === undefined) return [[ou, ici]];
  if (pas !== "*") return suit(dans(ici, pas), suite, [...ou, pas]);
  return (Array.isArray(ici) ? ici : []).flatMap((un, rang) => suit(un, suite, [...ou, rang]));
}

/** @param {any} groupe @param {string | number} pas */
const dans = (groupe, pas) =>
  groupe !== null && typeof groupe === "object" && Object.hasOwn(groupe, pas) ? groupe[pas] : undefined;

/** Tous les textes, avec leur chemin. @param {any} donnees @param {Chemin} [ou] @returns {[Chemin, string][]} */
export function tousLesTextes(donnees, ou = []) {
  if (typeof donnees === "string") return [[ou, donnees]];
  if (donnees === null || typeof donnees !== "object") return [];
  const entrees = Array.isArray(donnees) ? [...donnees.entries()] : Object.entries(donnees);
  return entrees.flatMap(([pas, un]) => tousLesTextes(un, [...ou, pas]));
}
