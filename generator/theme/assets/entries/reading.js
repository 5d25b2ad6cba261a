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
  Array.isArray(donnees[cle]) ? donnees[cle].map((/** @type {any} */ un) => (typeof un === "string" ? un : "")) : [];

/** Ce qui se trouve à un chemin, `*` pour chaque élément d’une liste : `rencontres.*.objet`.
 * @param {any} donnees @param {string} chemin @returns {[Chemin, any][]} */
export function endroits(donnees, chemin) {
  /** @type {[Chemin, any][]} */
  let ici = [[[], donnees]];
  for (const pas of chemin.split(".")) {
    ici = ici.flatMap(([ou, groupe]) =>
      pas !== "*"
        ? [[[...ou, pas], dans(groupe, pas)]]
        : (Array.isArray(groupe) ? groupe : []).map((un, rang) => [[...ou, rang], un]),
    );
  }
  return ici;
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
