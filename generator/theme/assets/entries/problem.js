// Une faute trouvée dans les données, avant ses phrases, et de quoi lire des données de n’importe quelle forme.
// @ts-check

/** @typedef {(string | number)[]} Chemin les pas jusqu’à une valeur, les rangs comptés de 0 */
/** @typedef {{ou: Chemin, code: string, valeurs: Record<string, string | number>, place: string, juste?: string,
 *   autre?: {id: string, nom: string, adresse: string}}} Constat
 *   `ou` : la valeur, ou la clé qui manque ; `place` : deux fautes d’une même place n’en font qu’une ;
 *   `juste` : ce qui peut remplacer la valeur */

/** @param {Chemin} ou @param {string} code @param {Record<string, string | number>} [valeurs] @param {Partial<Constat>} [plus]
 * @returns {Constat} */
export const constat = (ou, code, valeurs = {}, plus = {}) => ({ ou, code, valeurs, place: placeDe(ou), ...plus });

/** La place d’une valeur, ou d’un passage qui commence plus loin dans son texte ; le premier signe, souvent un guillemet, ne
 * compte pas. @param {Chemin} ou @param {number} [debut] */
export const placeDe = (ou, debut = 0) => `valeur ${ou.join(".")}${debut > 1 ? `+${debut}` : ""}`;
/** La place d’une clé, ou d’un groupe entier. @param {Chemin} ou */
export const placeDeCle = (ou) => `cle ${ou.join(".")}`;

/** Le nom d’une valeur pour les personnes : `rencontres.2.debut` compte de 1. @param {Chemin} ou @returns {string} */
export const nomDe = (ou) => ou.map((pas) => (typeof pas === "number" ? pas + 1 : pas)).join(".");

/** Le texte d’un endroit, vide s’il n’y en a pas ou si autre chose s’y trouve. @param {any} donnees @param {Chemin} ou */
export function texteDe(donnees, ...ou) {
  let ici = donnees;
  for (const pas of ou) ici = ici !== null && typeof ici === "object" && Object.hasOwn(ici, pas) ? ici[pas] : undefined;
  return typeof ici === "string" ? ici : "";
}

/** Les textes d’une liste, vides là où se trouve autre chose. @param {any} donnees @param {string} cle @returns {string[]} */
export const textesDe = (donnees, cle) =>
  Array.isArray(donnees[cle]) ? donnees[cle].map((/** @type {any} */ un) => (typeof un === "string" ? un : "")) : [];

/** Tous les textes, avec leur chemin. @param {any} donnees @param {Chemin} [ou] @returns {Generator<[Chemin, string]>} */
export function* tousLesTextes(donnees, ou = []) {
  if (typeof donnees === "string") yield [ou, donnees];
  else if (Array.isArray(donnees)) for (const [rang, un] of donnees.entries()) yield* tousLesTextes(un, [...ou, rang]);
  else if (donnees !== null && typeof donnees === "object") {
    for (const [cle, un] of Object.entries(donnees)) yield* tousLesTextes(un, [...ou, cle]);
  }
}

/** « a, b ou c ». @param {string[]} mots @param {string} [dernier] @returns {string} */
export const enumere = (mots, dernier = "et") =>
  mots.length > 1 ? `${mots.slice(0, -1).join(", ")} ${dernier} ${mots.at(-1)}` : mots.join("");
