// L’aperçu : la fiche comme une liste la montrera, et le fichier comme l’annuaire le gardera.
// @ts-check
import { element } from "../donnees.js"

/** Le libellé d’une valeur, lu dans la liste qui la propose. @param {HTMLElement} zone @param {string} nom
 * @param {string} valeur @returns {string} */
function libelle(zone, nom, valeur) {
  const liste = /** @type {HTMLSelectElement | null} */ (zone.querySelector(`select[name="${nom}"]`))
  if (liste) return [...liste.options].find((o) => o.value === valeur)?.text ?? valeur
  const cases = /** @type {HTMLInputElement[]} */ ([...zone.querySelectorAll(`input[type=checkbox][name="${nom}"]`)])
  return cases.find((c) => c.value === valeur)?.parentElement?.textContent?.trim() ?? valeur
}

/** @param {HTMLElement} zone le formulaire @param {Record<string, any>} fiche @param {{chemin: string, texte: string}} fichier */
export function montre(zone, fiche, { chemin, texte }) {
  const carte = /** @type {HTMLElement} */ (document.getElementById("apercu-carte"))
  const inconnu = () => element("span", { class: "inconnu" }, "non renseigné")
  const statut = fiche.statut
    ? element("span", { class: `statut statut--${fiche.statut}` }, libelle(zone, "statut", fiche.statut)) : inconnu()
  const type = fiche.type_precision ?? (fiche.type && libelle(zone, "type", fiche.type))
  carte.replaceChildren(element("div", { class: "carte" },
    element("p", { class: "notice__nom" }, fiche.nom ?? inconnu()),
    element("p", { class: "notice__ligne" }, type || "type non renseigné", "\u00a0· ", fiche.collectivite?.nom ?? fiche.collectivite?.code ?? "collectivité non renseignée"),
    element("p", { class: "notice__resume" }, fiche.resume ?? inconnu()),
    element("p", { class: "notice__ligne" }, (fiche.themes ?? []).map((/** @type {string} */ t) => libelle(zone, "themes", t)).join(", ") || "thèmes non renseignés"),
    element("p", { class: "notice__cote" }, statut)))
  const lieu = /** @type {HTMLElement} */ (document.getElementById("apercu-chemin"))
  lieu.replaceChildren(chemin ? element("code", {}, chemin) : "Son nom viendra de la commune et du nom de la COP.")
  const fichier = /** @type {HTMLElement} */ (document.getElementById("apercu-fichier"))
  if (fichier.textContent !== texte) fichier.textContent = texte
}

/** Les changements d’une correction : la question, avant, après. @param {HTMLElement} zone
 * @param {[string, string][]} avant @param {[string, string][]} apres @param {(ou: string) => string} intitule
 * @returns {[string, string, string][]} */
export function changements(zone, avant, apres, intitule) {
  const groupe = (/** @type {[string, string][]} */ couples) => {
    /** @type {Map<string, string>} */
    const m = new Map()
    for (const [nom, valeur] of couples) {
      const mots = libelle(zone, nom, valeur)
      if (!nom.endsWith("._origine")) m.set(nom, m.has(nom) ? `${m.get(nom)}, ${mots}` : mots)
    }
    return m
  }
  const [a, b] = [groupe(avant), groupe(apres)]
  return [...new Set([...a.keys(), ...b.keys()])].filter((nom) => a.get(nom) !== b.get(nom))
    .map((nom) => [intitule(nom), a.get(nom) ?? "", b.get(nom) ?? ""])
}
