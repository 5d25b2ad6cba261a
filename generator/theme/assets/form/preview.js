// L’aperçu : la fiche comme une liste la montrera, et le fichier comme l’annuaire le gardera.
// @ts-check
import { element } from "../shared/data.js";
import { libelle } from "./controls.js";

/** @param {HTMLElement} zone le formulaire @param {Record<string, any>} fiche @param {{chemin: string, texte: string}} fichier
 * @param {import("../entries/schema.js").Noeud} schema ouvert */
export function montre(zone, fiche, { chemin, texte }, schema) {
  /** @type {HTMLElement} */ (document.getElementById("apercu")).hidden = false;
  const carte = /** @type {HTMLElement} */ (document.getElementById("apercu-carte"));
  const inconnu = () => element("span", { class: "inconnu" }, "non renseigné");
  const signe = schema.properties.statut["x-signe"][fiche.statut] ?? "vide";
  const statut = fiche.statut
    ? element("span", { class: `statut statut--${signe}` }, libelle(zone, "statut", fiche.statut))
    : inconnu();
  const type = fiche.type_precision ?? (fiche.type && libelle(zone, "type", fiche.type));
  carte.replaceChildren(
    element(
      "div",
      { class: "carte" },
      element("p", { class: "notice__nom" }, fiche.nom ?? inconnu()),
      element(
        "p",
        { class: "notice__ligne" },
        type || "type non renseigné",
        "\u00a0· ",
        fiche.collectivite?.nom ?? fiche.collectivite?.code ?? "collectivité non renseignée",
      ),
      element("p", { class: "notice__resume" }, fiche.resume ?? inconnu()),
      element(
        "p",
        { class: "notice__ligne" },
        (fiche.themes ?? []).map((/** @type {string} */ t) => libelle(zone, "themes", t)).join(", ") ||
          "thèmes non renseignés",
      ),
      element("p", { class: "notice__cote" }, statut),
    ),
  );
  const lieu = /** @type {HTMLElement} */ (document.getElementById("apercu-chemin"));
  lieu.replaceChildren(chemin ? element("code", {}, chemin) : "Son nom viendra de la commune et du nom de la COP.");
  const fichier = /** @type {HTMLElement} */ (document.getElementById("apercu-fichier"));
  if (fichier.textContent !== texte) fichier.textContent = texte;
}
