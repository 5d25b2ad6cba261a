// Ce que la recherche dit pendant qu’elle attend, et quand rien ne vient. Ce fichier est là avant tout le reste : sans réseau,
// aucun autre ne viendrait.
// @ts-check

const PATIENCE = 400; // millisecondes sans rien dire

/** @template T @param {Promise<T>} promesse @param {() => void} tarde @returns {Promise<T>} */
export async function patiente(promesse, tarde) {
  const minuteur = setTimeout(tarde, PATIENCE);
  try {
    return await promesse;
  } finally {
    clearTimeout(minuteur);
  }
}

export const ATTENTE = "La recherche arrive…";

/** @param {unknown} erreur @returns {Promise<string>} la phrase d’une panne */
export async function panne(erreur) {
  const [quoi, reseau] = ["La recherche ne répond pas", "Vérifiez la connexion."];
  const mots = await import("../shared/failures.js").catch(() => undefined);
  return mots?.raconte(erreur, quoi, reseau, "Parcourez l’annuaire par territoire.") ?? `${quoi}. ${reseau}`;
}

/** Le bouton de la panne. @param {() => void} encore @returns {HTMLButtonElement} */
export function reessayer(encore) {
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "bouton bouton--second";
  bouton.textContent = "Réessayer";
  bouton.addEventListener("click", encore);
  return bouton;
}
