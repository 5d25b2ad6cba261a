// Ce que la recherche dit pendant qu’elle attend, et quand rien ne vient. Ce fichier est là avant tout le reste : sans réseau,
// aucun autre ne viendrait.
// @ts-check

export const ATTENTE = "La recherche arrive…";

/** @param {unknown} erreur @returns {Promise<string>} la phrase d’une panne */
export async function panne(erreur) {
  const [quoi, reseau] = ["La recherche ne répond pas", "Vérifiez la connexion."];
  const mots = await import("../shared/failures.js").catch(() => undefined);
  return mots?.raconte(erreur, quoi, reseau, "Parcourez l’annuaire par territoire.") ?? `${quoi}. ${reseau}`;
}
