// Corriger une fiche publiée : l’ouvrir, et dire laquelle.
// @ts-check
import { RACINE, charge, element } from "../shared/data.js";
import { SansReponse } from "../shared/failures.js";

/** Une fiche publiée ; d’une COP, le texte de son fichier et où y ajouter une rencontre, si on peut le dire.
 * @typedef {{id: string, donnees: Record<string, any>, chemin: string, commentaires: boolean, texte: string,
 *   ajout: import("../entries/writer.js").Ajout | null}} Publiee */

/** La fiche que l’adresse demande (`?cop=…`), sous son nom ou un ancien ; null quand elle n’en demande pas. Échoue quand elle ne
 * se charge pas. @param {string} demandee @param {import("../entries/tools.js").Outils} outils
 * @param {string} rangement le dossier des fichiers de cette sorte @returns {Promise<Publiee | null>} */
export async function publiee(demandee, { anciensIds, sorte }, rangement) {
  if (!demandee) return null;
  const id = sorte === "cop" && Object.hasOwn(anciensIds, demandee) ? anciensIds[demandee] : demandee;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) throw new SansReponse(id);
  const { donnees, dossier, commentaires, texte = "", ajout = null } = await charge(`donnees/${sorte}s/${id}.json`);
  const chemin = [rangement, dossier, `${id}.yml`].filter(Boolean).join("/");
  return { id, donnees, chemin, commentaires, texte, ajout };
}

/** Comment s’appelle une fiche. @param {Record<string, any>} donnees @returns {string} */
export const nomDe = (donnees) => donnees.nom ?? donnees.titre ?? "";

/** @param {string} titre @param {string} chapo @param {string} retour l’adresse de la page de la fiche */
function intitulePage(titre, chapo, retour) {
  document.title = document.title.replace(/^[^·]*/, `${titre} `);
  const h1 = document.querySelector("h1");
  if (h1) h1.textContent = titre;
  document
    .querySelector(".tete .chapo")
    ?.replaceChildren(`${chapo} `, element("a", { href: RACINE + retour }, "Revenir à la fiche"));
}

/** La page dit quelle fiche on corrige. @param {HTMLFormElement} formulaire @param {Publiee} fiche
 * @param {import("../entries/tools.js").Outils} outils */
export function presente(formulaire, fiche, { sorte, schema }) {
  const titre = `Corriger «\u00a0${nomDe(fiche.donnees)}\u00a0»`;
  intitulePage(titre, "Changez ce qui a changé, et envoyez.", `${sorte}s/${fiche.id}/`);
  const bouton = element(
    "button",
    { class: "lien", type: "button", "data-action": "exact" },
    "Oui, j’ai tout relu aujourd’hui",
  );
  const avis = [
    ...(schema.properties.verifiee_le ? [element("p", {}, "Tout le reste est encore vrai\u202f? ", bouton)] : []),
    ...(fiche.commentaires ? [sansCommentaires()] : []),
  ];
  if (avis.length)
    formulaire.querySelector(".formulaire__questions")?.prepend(element("div", { class: "avis" }, ...avis));
  surUnFichierPublie(formulaire);
}

/** @returns {HTMLElement} */
const sansCommentaires = () =>
  element(
    "p",
    {},
    "Ce fichier porte des commentaires, que le formulaire ne garde pas. Les personnes qui relisent les remettront\u00a0: inutile de vous en occuper.",
  );

/** La page dit à quelle COP on ajoute une rencontre. @param {HTMLFormElement} formulaire @param {Publiee} fiche */
export function presenteRencontre(formulaire, fiche) {
  const titre = `Annoncer une rencontre de «\u00a0${nomDe(fiche.donnees)}\u00a0»`;
  intitulePage(titre, "Quand, quoi, où, ouverte à qui\u00a0: le reste de la fiche ne change pas.", `cops/${fiche.id}/`);
  if (fiche.commentaires && !fiche.ajout)
    formulaire.querySelector(".formulaire__questions")?.prepend(element("div", { class: "avis" }, sansCommentaires()));
  surUnFichierPublie(formulaire);
}

/** Les boutons d’un fichier qui est déjà sur la forge. @param {HTMLFormElement} formulaire */
function surUnFichierPublie(formulaire) {
  const demandes = /** @type {NodeListOf<HTMLElement>} */ (formulaire.querySelectorAll("[data-pour=correction]"));
  for (const b of demandes) b.hidden = false;
  for (const b of formulaire.querySelectorAll("button[data-action=forge]")) {
    b.textContent = "Modifier le fichier moi-même";
    b.classList.toggle("bouton--second", demandes.length > 0);
  }
}
