// Dire ce qui ne va pas : sous le champ quand on l’a quitté, en haut de l’envoi quand on envoie.
// @ts-check
import { element } from "../donnees.js"
import { question, repere, va } from "./controles.js"

/** @typedef {import("../fiche/phrases.js").Probleme} Probleme */

/** La phrase du catalogue, où la clé du fichier devient le nom de la question. @param {Probleme} p
 * @param {HTMLElement | null} q @param {string} phrase @returns {string} */
const parle = (p, q, phrase) => phrase.replaceAll(`«\u00a0${p.valeurs.cle}\u00a0»`, () => `«\u00a0${intitule(q, p.ou)}\u00a0»`)

/** Le texte d’un problème et, quand la bonne valeur est sûre, le bouton qui l’écrit.
 * @param {Probleme} p @param {HTMLElement} q @returns {HTMLElement} */
function message(p, q) {
  const grave = p.gravite === "erreur"
  const e = element("p", { class: grave ? "question__erreur" : "question__avis" },
    element("strong", {}, grave ? "À revoir : " : "À vérifier : "), parle(p, q, p.quoi), p.remede ? ` ${parle(p, q, p.remede)}` : "")
  if (p.juste !== undefined) {
    const bouton = element("button", { class: "lien", type: "button", "data-action": "corriger", "data-ou": p.ou, "data-juste": p.juste }, `Écrire « ${p.juste} »`)
    e.append(" ", bouton)
  }
  if (p.autre) {
    e.append(" ", element("a", { href: p.autre.adresse }, `Est-ce celle-ci ? ${p.autre.nom}`))
  }
  return e
}

/** @param {HTMLElement} zone @param {Probleme[]} problemes @param {(p: Probleme) => boolean} visible */
export function montre(zone, problemes, visible) {
  /** @type {Map<HTMLElement, Probleme[]>} */
  const parQuestion = new Map()
  for (const p of problemes.filter(visible)) {
    const q = question(zone, p.ou)
    if (q) parQuestion.set(q, [...(parQuestion.get(q) ?? []), p])
  }
  for (const dit of zone.querySelectorAll(".question__dit")) {
    const q = /** @type {HTMLElement} */ (dit.closest(".question"))
    const siens = parQuestion.get(q) ?? []
    const neufs = siens.map((p) => message(p, q))
    // Le même message ne se repose pas : un lecteur d’écran le relirait.
    if (dit.innerHTML !== neufs.map((e) => e.outerHTML).join("")) dit.replaceChildren(...neufs)
    const champ = repere(q)
    if (siens.some((p) => p.gravite === "erreur")) champ.setAttribute("aria-invalid", "true")
    else champ.removeAttribute("aria-invalid")
  }
}

/** Le résumé des erreurs, avec un lien vers chaque champ.
 * @param {HTMLElement} zone @param {Probleme[]} erreurs @param {boolean} vient la personne vient de demander l’envoi */
export function resume(zone, erreurs, vient) {
  const boite = /** @type {HTMLElement} */ (document.getElementById("envoi-erreurs"))
  boite.hidden = erreurs.length === 0
  if (erreurs.length === 0) return boite.replaceChildren()
  const titre = erreurs.length === 1 ? "Une réponse est à revoir" : `${erreurs.length} réponses sont à revoir`
  boite.replaceChildren(
    element("h3", { id: "envoi-erreurs-titre" }, titre),
    element("ul", {}, ...erreurs.map((p) => {
      const q = question(zone, p.ou)
      const lien = element("a", { href: `#${q ? repere(q).id : "fiche"}` }, intitule(q, p.ou))
      lien.addEventListener("click", (e) => { e.preventDefault(); if (q) va(q) })
      return element("li", {}, lien, ` : ${parle(p, q, p.quoi)}`)
    })))
  if (vient) boite.focus()
}

/** Le nom d’une question, tel qu’on le lit. @param {HTMLElement | null} q @param {string} ou @returns {string} */
export function intitule(q, ou) {
  if (q?.dataset.titre) return q.dataset.titre
  const mots = q?.querySelector("legend, label")
  const texte = [...(mots?.childNodes ?? [])].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.textContent ?? "").join(" ").trim()
  const ligne = q?.closest(".ligne")
  const groupe = ligne && ligne.querySelector("legend, label") !== mots ? `${/** @type {HTMLElement} */ (ligne).dataset.titre} ${[...(ligne.parentElement?.children ?? [])].indexOf(ligne) + 1}, ` : ""
  return groupe + (texte || ou)
}
