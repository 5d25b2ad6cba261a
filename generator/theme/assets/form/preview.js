// L’aperçu : la fiche comme une liste la montrera, et le fichier comme l’annuaire le gardera.
// @ts-check
import { element } from "../shared/data.js";
import { libelle, noeud } from "../entries/schema.js";
import { enLettres } from "./meanings.js";

/** @typedef {Record<string, any>} Donnees */
/** @typedef {import("../entries/schema.js").Noeud} Noeud */
/** @typedef {Node | string | undefined} Mots */
/** Ce que montre une carte : un nom, une ligne dessous, le résumé, les mots d’après. @typedef {[Mots, Mots, Mots, ...Mots[]]} Carte */

const inconnu = (/** @type {string} */ mots = "non renseigné") => element("span", { class: "inconnu" }, mots);

/** @param {Noeud} schema @param {Donnees} fiche @param {string} nom */
const choisi = (schema, fiche, nom) => (fiche[nom] ? libelle(noeud(schema, nom), fiche[nom]) : undefined);

/** @type {Record<string, (schema: Noeud, fiche: Donnees) => Carte>} */
const CARTES = {
  cop(schema, fiche) {
    const type = fiche.type_precision ?? choisi(schema, fiche, "type") ?? "type non renseigné";
    const ou = fiche.collectivite?.nom ?? fiche.collectivite?.code ?? "collectivité non renseignée";
    const themes = (fiche.themes ?? [])
      .map((/** @type {string} */ t) => libelle(schema.properties.themes, t))
      .join(", ");
    const signe = schema.properties.statut["x-signe"][fiche.statut] ?? "vide";
    const statut = choisi(schema, fiche, "statut");
    return [
      fiche.nom,
      `${type}\u00a0· ${ou}`,
      fiche.resume,
      themes || "thèmes non renseignés",
      statut && element("span", { class: `statut statut--${signe}` }, statut),
    ];
  },
  formation(schema, fiche) {
    const organisme = fiche.organisateur?.nom ?? "organisme non renseigné";
    const modalite = choisi(schema, fiche, "modalite") ?? "modalité non renseignée";
    const session = enLettres(fiche.sessions?.[0]?.debut ?? "");
    const jour = session || (fiche.a_la_demande === "oui" ? "à la demande" : "date non renseignée");
    return [fiche.titre, `${organisme}\u00a0· ${modalite}`, fiche.resume, jour];
  },
  actualite(schema, fiche) {
    return [fiche.titre, choisi(schema, fiche, "categorie") ?? "catégorie non renseignée", fiche.resume];
  },
  rencontre(schema, { rencontres: [une] = [{}] }) {
    const ouverte = une.ouverte_a && libelle(noeud(schema, "rencontres.ouverte_a"), une.ouverte_a);
    return [une.objet, enLettres(une.debut ?? "") || une.debut, une.lieu?.nom, ouverte ?? "non précisé"];
  },
};

/** @param {HTMLElement} zone le formulaire @param {Donnees} fiche @param {{chemin: string, texte: string}} fichier
 * @param {import("../entries/tools.js").Outils} outils */
export function montre(zone, fiche, { chemin, texte }, { schema }) {
  /** @type {HTMLElement} */ (document.getElementById("apercu")).hidden = false;
  const [nom, ligne, resume, ...suite] = CARTES[zone.dataset.forme ?? "cop"](schema, fiche);
  document
    .getElementById("apercu-carte")
    ?.replaceChildren(
      element(
        "div",
        { class: "carte" },
        element("p", { class: "notice__nom" }, nom ?? inconnu()),
        element("p", { class: "notice__ligne" }, ligne ?? inconnu()),
        element("p", { class: "notice__resume" }, resume ?? inconnu()),
        ...suite.map((mots) => element("p", { class: "notice__ligne" }, mots ?? inconnu())),
      ),
    );
  const lieu = /** @type {HTMLElement} */ (document.getElementById("apercu-chemin"));
  const attente = lieu.dataset.attente ?? "";
  lieu.replaceChildren(chemin ? element("code", {}, chemin) : attente);
  const fichier = /** @type {HTMLElement} */ (document.getElementById("apercu-fichier"));
  if (fichier.textContent !== texte) fichier.textContent = texte;
}
