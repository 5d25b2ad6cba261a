// Une faute trouvée dans les données, avant ses phrases.
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

/** « a, b ou c ». @param {string[]} mots @param {string} [dernier] @returns {string} */
export const enumere = (mots, dernier = "et") =>
  mots.length > 1 ? `${mots.slice(0, -1).join(", ")} ${dernier} ${mots.at(-1)}` : mots.join("");
