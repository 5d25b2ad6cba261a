// Corriger une fiche publiée : l’ouvrir, dire laquelle, montrer ce qui change.
// @ts-check
import { RACINE, charge, element } from "../shared/data.js";
import { ORIGINE, aplatit } from "../entries/answers.js";
import { libelle, noeud } from "../entries/schema.js";
import { SansReponse } from "../shared/failures.js";
import { question } from "./controls.js";
import { enLettres } from "./meanings.js";
import { intitule } from "./problems.js";

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

/** Ce qui change : la question, avant, après, en toutes lettres. Un élément de liste se compare à lui-même, où qu’il soit passé ;
 * ce que seuls nos outils écrivent n’y est pas.
 * @param {HTMLFormElement} formulaire @param {import("../entries/schema.js").Noeud} schema
 * @param {Record<string, any>} base @param {Record<string, any>} donnees @returns {[string, string, string][]} */
export function changements(formulaire, schema, base, donnees) {
  /** @type {Map<string, string>} par chemin dans la fiche publiée, le chemin d’aujourd’hui */
  const places = new Map();
  const avant = dits(schema, base),
    apres = new Map();
  for (const [nom, mots] of dits(schema, donnees)) {
    const ancien = nom.replace(
      /^(\w+)\.(\d+)\./,
      (_, cle, rang) => `${cle}.${origine(donnees[cle][rang], base[cle]) ?? `nouveau-${rang}`}.`,
    );
    places.set(ancien, nom);
    apres.set(ancien, mots);
  }
  const intitules = (/** @type {string} */ nom) => intitule(question(formulaire, places.get(nom) ?? nom), nom);
  const retires = parties(base, donnees).map(([cle, rang]) => retire(formulaire, avant, cle, rang));
  const deplacees = Object.keys(donnees).filter(
    (cle) => Array.isArray(donnees[cle]) && melangee(donnees[cle], base[cle]),
  );
  const lignes = [...new Set([...avant.keys(), ...apres.keys()])]
    .filter((nom) => avant.get(nom) !== apres.get(nom))
    .map(
      (nom) => /** @type {[string, string, string]} */ ([intitules(nom), avant.get(nom) ?? "", apres.get(nom) ?? ""]),
    );
  return [
    ...lignes,
    ...retires,
    ...deplacees.map((cle) => /** @type {[string, string, string]} */ ([intitules(cle), "", "dans un autre ordre"])),
  ];
}

/** Les réponses en toutes lettres, par chemin. @param {import("../entries/schema.js").Noeud} schema
 * @param {Record<string, any>} donnees @returns {Map<string, string>} */
function dits(schema, donnees) {
  const m = new Map();
  for (const [nom, valeur] of aplatit(donnees)) {
    const la = noeud(schema, nom);
    if (nom.endsWith("._origine") || la?.["x-outil"]) continue;
    const mots = enLettres(valeur) || libelle(la, valeur);
    m.set(nom, m.has(nom) ? `${m.get(nom)}, ${mots}` : mots);
  }
  return m;
}

/** Les éléments de liste qui ne sont plus là : leur liste, leur rang. @param {Record<string, any>} base
 * @param {Record<string, any>} donnees @returns {[string, number][]} */
const parties = (base, donnees) =>
  Object.keys(base)
    .filter((cle) => Array.isArray(base[cle]))
    .flatMap((cle) => {
      const restes = (donnees[cle] ?? []).map((/** @type {any} */ un) =>
        typeof un === "object" ? origine(un, base[cle]) : undefined,
      );
      return base[cle].flatMap((/** @type {any} */ un, /** @type {number} */ rang) =>
        typeof un === "object" && !restes.includes(rang) ? [[cle, rang]] : [],
      );
    });

/** Une seule ligne pour un élément retiré, avec ses premières réponses ; les siennes ne se diront plus une à une.
 * @param {HTMLFormElement} formulaire @param {Map<string, string>} avant @param {string} cle @param {number} rang
 * @returns {[string, string, string]} */
function retire(formulaire, avant, cle, rang) {
  const siennes = [...avant.keys()].filter((nom) => nom.startsWith(`${cle}.${rang}.`));
  const mots = siennes
    .slice(0, 3)
    .map((nom) => avant.get(nom))
    .join(", ");
  for (const nom of siennes) avant.delete(nom);
  const modele = /** @type {HTMLTemplateElement | null | undefined} */ (
    question(formulaire, cle)?.querySelector("template")
  );
  const titre = /** @type {HTMLElement | null | undefined} */ (modele?.content.firstElementChild)?.dataset.titre ?? cle;
  return [`${titre} ${rang + 1}`, mots, ""];
}

/** Le rang d’un élément dans la fiche publiée ; rien quand il est nouveau. @param {any} element @param {any} anciens
 * @returns {number | undefined} */
function origine(element, anciens) {
  const rang = element[ORIGINE] ?? (Array.isArray(anciens) ? anciens.indexOf(element) : -1);
  return rang >= 0 ? rang : undefined;
}

/** @param {any[]} elements @param {any} anciens @returns {boolean} */
function melangee(elements, anciens) {
  const rangs = elements.filter((un) => typeof un === "object").flatMap((un) => origine(un, anciens) ?? []);
  return rangs.some((rang, i) => i > 0 && rang < rangs[i - 1]);
}

/** @param {[string, string, string][]} lignes */
export function montre(lignes) {
  const zone = /** @type {HTMLElement} */ (document.getElementById("envoi-changements"));
  zone.hidden = false;
  zone.replaceChildren(
    element("h3", {}, lignes.length ? "Ce que vous changez" : "Vous n’avez encore rien changé"),
    element(
      "dl",
      { class: "faits" },
      ...lignes.map(([nom, avant, apres]) =>
        element(
          "div",
          {},
          element("dt", {}, nom),
          element(
            "dd",
            {},
            ...(avant ? [element("del", {}, element("span", { class: "voix" }, "Avant\u00a0: "), avant), " "] : []),
            apres
              ? element("ins", {}, element("span", { class: "voix" }, "Maintenant\u00a0: "), apres)
              : element("em", {}, "retiré"),
          ),
        ),
      ),
    ),
  );
}
