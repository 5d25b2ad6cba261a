// Par où part une ligne : les sorties du formulaire, le courriel d’abord.
// @ts-check
import { ajoute } from "../form/message.js";
import { forge } from "../form/forge.js";
import * as envoi from "../form/sending.js";
import { estPrete } from "./showing.js";

/** Les gestes que les réglages permettent, et leurs noms. @param {HTMLElement} page @returns {[string, string][]} */
export function sorties({ dataset: { courriel, nouveau, forge: nom } }) {
  /** @type {[string, string][]} */
  const toutes = [
    [courriel ? "courriel" : "", "Envoyer par courriel"],
    [nouveau ? "forge" : "", `Proposer sur ${nom}`],
    ["telecharger", "Télécharger le fichier"],
  ];
  return toutes.filter(([geste]) => geste);
}

/** @param {HTMLElement} page porte les adresses @param {string} geste @param {import("./rows.js").Ligne} ligne
 * @param {import("../entries/schema.js").Noeud} schema */
export async function envoie(page, geste, ligne, schema) {
  if (!estPrete(ligne)) return;
  const { chemin, texte } = ligne.fichier;
  const accord = /** @type {HTMLInputElement | null} */ (document.getElementById("q-accord"));
  const dit = document.getElementById("q-accord-dit");
  const manque = geste !== "telecharger" && accord !== null && !accord.checked;
  if (dit) dit.textContent = manque ? "Cochez la case pour accepter la publication." : "";
  if (manque) {
    accord.focus();
    return;
  }
  // Ce qu’il reste à faire se dit sous la ligne qui part.
  const li = document.getElementById(`ligne-${ligne.numero}`);
  for (const id of ["envoi-suite", "envoi-texte"]) {
    const zone = document.getElementById(id);
    if (zone) li?.append(zone);
  }
  if (geste === "telecharger") envoi.fichier(page, { chemin, texte });
  else if (geste === "forge") await forge(page, { chemin, texte, correction: false, seule: true });
  else if (geste === "courriel") {
    const { courriel: adresse = "", ajouter: modele = "", titre = "" } = page.dataset;
    const sujet = `${titre} : ${ligne.donnees.nom}`;
    const redige = ajoute({ adresse, modele, sujet, chemin, fichier: texte, requises: schema.required ?? [] });
    await envoi.courriel(page, redige, false);
  }
}
