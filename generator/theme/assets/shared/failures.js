// Ce qu’on dit quand une page ne peut pas faire ce qu’on lui demande. Le réseau manque : la personne vérifie sa connexion.
// Tout le reste est une faute à nous : elle va à la console, et la page ne la met pas sur le compte de la connexion.
// @ts-check

/** Une réponse qui n’est pas venue, ou pas entière. */
export class SansReponse extends Error {}

/** Ce que disent les navigateurs d’un module ou d’un fichier qui n’est pas venu ; leur erreur n’a pas de nom à elle. */
const MANQUE = /failed to fetch|networkerror|load failed|dynamically imported module|importing a module/i;

/** @param {unknown} erreur @returns {boolean} */
const vientDuReseau = (erreur) =>
  erreur instanceof SansReponse || (erreur instanceof TypeError && MANQUE.test(erreur.message));

/** Demande un fichier du site. @param {string} adresse @returns {Promise<string>} son texte */
export async function demande(adresse) {
  try {
    const reponse = await fetch(adresse);
    if (reponse.ok) return await reponse.text();
    throw new Error(`${reponse.status}`);
  } catch (cause) {
    throw new SansReponse(adresse, { cause });
  }
}

/** La phrase pour la page : ce qui manque, et que faire. @param {unknown} erreur @param {string} quoi « La liste ne se charge pas »
 * @param {string} reseau que faire quand le réseau manque @param {string} [sinon] quand la faute est à nous @returns {string} */
export function raconte(erreur, quoi, reseau, sinon = "Réessayez plus tard.") {
  if (vientDuReseau(erreur)) return `${quoi}. ${reseau}`;
  console.error(erreur);
  return `${quoi}\u00a0: la faute est de notre côté. ${sinon}`;
}

/** Pour ce dont on peut se passer : une valeur à la place, et nos fautes à la console.
 * @template T @param {T} valeur @returns {(erreur: unknown) => T} */
export const aDefaut = (valeur) => (erreur) => {
  if (!vientDuReseau(erreur)) console.error(erreur);
  return valeur;
};
