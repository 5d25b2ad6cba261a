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

/** Si le site a été refait depuis que cette page est ouverte : ses scripts ont alors changé de dossier, et recommencer ne
 * servirait à rien. */
async function estRefait() {
  const reponse = await fetch(import.meta.url, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  return reponse?.status === 404;
}

/** Ce qu’on dit d’un script ou d’une donnée qui ne vient pas ; `refait` : il n’y a qu’à recharger la page.
 * @param {unknown} erreur @param {string} quoi « La liste ne se charge pas » @param {string} [reseau] que faire quand le réseau
 * manque @param {string} [sinon] quand la faute est à nous @returns {Promise<{mots: string, refait: boolean}>} */
export async function panne(erreur, quoi, reseau = "Vérifiez la connexion.", sinon) {
  const refait = await estRefait();
  if (refait) return { mots: `${quoi}. Le site a été mis à jour\u00a0: rechargez la page.`, refait };
  // Sans réseau, ce module ne viendrait pas non plus.
  const venu = await import("./failures.js").catch(() => undefined);
  return { mots: venu?.raconte(erreur, quoi, reseau, sinon) ?? `${quoi}. ${reseau}`, refait };
}

/** Dit une panne, avec de quoi recommencer si cela peut servir. @param {HTMLElement} etat @param {() => void} encore
 * @param {Parameters<typeof panne>} dite */
export async function offrePanne(etat, encore, ...dite) {
  const { mots, refait } = await panne(...dite);
  if (refait) etat.textContent = mots;
  else offreEncore(etat, mots, encore);
}

/** @param {unknown} erreur la panne d’une recherche */
export const panneDeRecherche = (erreur) =>
  panne(erreur, "La recherche ne répond pas", undefined, "Parcourez l’annuaire par territoire.");

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
