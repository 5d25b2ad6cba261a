// Corriger une fiche publiée : l’ouvrir, dire laquelle, montrer ce qui change.
// @ts-check
import { RACINE, charge, element } from "../donnees.js"
import { aplatit } from "../fiche/valeurs.js"
import { noeud } from "../fiche/schema.js"
import { libelle, question } from "./controles.js"
import { intitule } from "./problemes.js"

/** @typedef {{id: string, donnees: Record<string, any>, chemin: string, commentaires: boolean}} Publiee */

/** La fiche que l’adresse demande (`?cop=…`) ; null quand elle n’en demande pas. Échoue quand elle ne se charge pas.
 * @param {string} demandee @returns {Promise<Publiee | null>} */
export async function publiee(demandee) {
  if (!demandee) return null
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(demandee)) throw new Error(demandee)
  const lue = await charge(`donnees/cops/${demandee}.json`)
  return { id: demandee, donnees: lue.donnees, chemin: `cops/${lue.dossier}/${demandee}.yml`, commentaires: lue.commentaires }
}

/** La page dit quelle fiche on corrige. @param {HTMLFormElement} formulaire @param {Publiee} fiche */
export function presente(formulaire, fiche) {
  const titre = `Corriger «\u00a0${fiche.donnees.nom}\u00a0»`
  document.title = document.title.replace(/^[^·]*/, `${titre} `)
  const h1 = document.querySelector("h1")
  if (h1) h1.textContent = titre
  document.querySelector(".tete .chapo")?.replaceChildren("Changez ce qui a changé, et envoyez. ",
    element("a", { href: `${RACINE}cops/${fiche.id}/` }, "Revenir à la fiche"))
  const avis = element("div", { class: "avis" }, element("p", {}, "Tout le reste est encore vrai\u202f? ",
    element("button", { class: "lien", type: "button", "data-action": "exact" }, "Oui, j’ai tout relu aujourd’hui")))
  if (fiche.commentaires) avis.append(element("p", {}, "Ce fichier porte des commentaires, que le formulaire ne garde pas. Les personnes qui relisent les remettront\u00a0: inutile de vous en occuper."))
  formulaire.querySelector(".formulaire__questions")?.prepend(avis)
  for (const b of /** @type {NodeListOf<HTMLElement>} */ (formulaire.querySelectorAll("[data-pour=correction]"))) b.hidden = false
  for (const b of formulaire.querySelectorAll("button[data-action=forge]")) b.textContent = `Proposer la correction sur ${formulaire.dataset.forge}`
}

/** Ce qui change : la question, avant, après, en toutes lettres. Ce que seuls nos outils écrivent n’y est pas.
 * @param {HTMLFormElement} formulaire @param {import("../fiche/schema.js").Noeud} schema
 * @param {Record<string, any>} base @param {Record<string, any>} donnees @returns {[string, string, string][]} */
export function changements(formulaire, schema, base, donnees) {
  const dits = (/** @type {Record<string, any>} */ d) => {
    /** @type {Map<string, string>} */
    const m = new Map()
    for (const [nom, valeur] of aplatit(d)) {
      if (nom.endsWith("._origine") || noeud(schema, nom)?.["x-outil"]) continue
      const mots = libelle(formulaire, nom, valeur)
      m.set(nom, m.has(nom) ? `${m.get(nom)}, ${mots}` : mots)
    }
    return m
  }
  const [avant, apres] = [dits(base), dits(donnees)]
  return [...new Set([...avant.keys(), ...apres.keys()])].filter((nom) => avant.get(nom) !== apres.get(nom))
    .map((nom) => [intitule(question(formulaire, nom), nom), avant.get(nom) ?? "", apres.get(nom) ?? ""])
}

/** @param {[string, string, string][]} lignes */
export function montre(lignes) {
  const zone = /** @type {HTMLElement} */ (document.getElementById("envoi-changements"))
  zone.hidden = false
  zone.replaceChildren(element("h3", {}, lignes.length ? "Ce que vous changez" : "Vous n’avez encore rien changé"),
    element("dl", { class: "faits" }, ...lignes.map(([nom, avant, apres]) => element("div", {}, element("dt", {}, nom),
      element("dd", {}, ...(avant ? [element("del", {}, avant), " "] : []), apres ? element("ins", {}, apres) : element("em", {}, "retiré"))))))
}
