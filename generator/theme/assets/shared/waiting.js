// Ce qu’une page dit pendant qu’elle attend un fichier, et quand il n’est pas venu. Ce module n’en demande aucun autre : sans
// réseau, il est déjà là.
// @ts-check

const PATIENCE = 400; // millisecondes sans rien dire

export const ATTENTE = "La liste des communes arrive…";

/** Attend, et le dit si cela dure. @template T @param {Promise<T>} promesse @param {() => void} tarde @returns {Promise<T>} */
export async function patiente(promesse, tarde) {
  const minuteur = setTimeout(tarde, PATIENCE);
  try {
    return await promesse;
  } finally {
    clearTimeout(minuteur);
  }
}

/** Dit une panne, avec de quoi recommencer. @param {HTMLElement} etat @param {string} mots @param {() => void} encore */
export function offreEncore(etat, mots, encore) {
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "lien";
  bouton.textContent = "Réessayer";
  bouton.addEventListener("click", encore);
  etat.replaceChildren(`${mots} `, bouton);
}
