// Ce qu’une page dit d’elle-même : qu’elle attend un fichier, qu’il n’est pas venu, où en est un formulaire. Ce module n’en
// demande aucun autre : sans réseau, il est déjà là.
// @ts-check

const PATIENCE = 400; // millisecondes sans rien dire

export const ATTENTE = "La liste des communes arrive…";
export const ATTENTE_DE_RECHERCHE = "La recherche arrive…";

/** Attend, et le dit si cela dure. @template T @param {Promise<T>} promesse @param {() => void} tarde @returns {Promise<T>} */
export async function patiente(promesse, tarde) {
  const minuteur = setTimeout(tarde, PATIENCE);
  try {
    return await promesse;
  } finally {
    clearTimeout(minuteur);
  }
}

/** Le bouton d’une panne. @param {() => void} encore @param {string} [classe] @returns {HTMLButtonElement} */
export function reessayer(encore, classe = "lien") {
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = classe;
  bouton.textContent = "Réessayer";
  bouton.addEventListener("click", encore);
  return bouton;
}

/** Dit une panne, avec de quoi recommencer. @param {HTMLElement} etat @param {string} mots @param {() => void} encore */
export const offreEncore = (etat, mots, encore) => etat.replaceChildren(`${mots} `, reessayer(encore));

/** @param {unknown} erreur @returns {Promise<string>} la phrase d’une recherche qui ne vient pas */
export async function panneDeRecherche(erreur) {
  const [quoi, reseau] = ["La recherche ne répond pas", "Vérifiez la connexion."];
  const mots = await import("./failures.js").catch(() => undefined);
  return mots?.raconte(erreur, quoi, reseau, "Parcourez l’annuaire par territoire.") ?? `${quoi}. ${reseau}`;
}

/** Les espaces insécables de la typographie française. @param {string} mots @returns {string} */
export const typo = (mots) => mots.replace(/ (?=[;!?])/g, "\u202f").replace(/ (?=[:»])|(?<=«) /g, "\u00a0");

/** @param {string} id @param {string} mots */
function ecrit(id, mots) {
  const zone = document.getElementById(id);
  // Redire la même chose la ferait relire.
  if (zone && zone.textContent !== typo(mots)) zone.textContent = typo(mots);
}

/** En tête du formulaire, pour tout le monde. @param {string} mots vides : plus rien à dire */
export const dit = (mots) => ecrit("formulaire-etat", mots);

/** Ce qu’un geste vient de faire, et que l’œil voit déjà. @param {string} mots */
export const annonce = (mots) => ecrit("formulaire-voix", mots);

/** Une question à laquelle on répond par oui ou non. @param {string} mots @returns {boolean} */
export const demande = (mots) => confirm(typo(mots));
