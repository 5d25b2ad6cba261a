// Vérifier une fiche avant de l’envoyer : les règles, les codes et les phrases de `cop check`, pour ce qu’un formulaire
// peut écrire.
// @ts-check
import { phrases } from "./phrases.js"
import { reglesDuSchema } from "./regles-schema.js"

/** @typedef {import("./constat.js").Constat} Constat */
/** @typedef {import("./outils.js").Outils} Outils */
/** @typedef {import("./phrases.js").Probleme} Probleme */

/** Ce qui ne va pas, dans l’ordre des champs du schéma ; rien de rien quand tout va bien. Un champ peut avoir plusieurs
 * problèmes. Les territoires et l’annuaire se chargent au premier besoin ; sans réseau, leurs règles se taisent.
 * @param {import("./valeurs.js").Donnees} donnees celles d’`imbrique` puis de `reouvre` @param {Outils} outils
 * @param {string} [soi] l’identifiant de la fiche que l’on corrige, pour ne pas la dire en double d’elle-même
 * @returns {Promise<Probleme[]>} */
export async function verifie(donnees, outils, soi = "") {
  const duSchema = reglesDuSchema(donnees, outils.schema)
  return duSchema.map((un) => phrases(un, outils.problemes))
}
