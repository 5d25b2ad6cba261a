// Ce que le formulaire dit de lui-même : en tête de page, ou à la seule synthèse vocale.
// @ts-check

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
