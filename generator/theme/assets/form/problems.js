// Dire ce qui ne va pas : sous le champ quand on l’a quitté, en haut de l’envoi quand on envoie.
// @ts-check
import { RACINE, element } from "../shared/data.js";
import { parle } from "../entries/sentences.js";
import { question, repere, va } from "./controls.js";

/** @typedef {import("../entries/sentences.js").Probleme} Probleme */
/** @typedef {import("../entries/schema.js").Noeud} Noeud */

/** Une phrase du catalogue dans les mots de la page. @param {HTMLElement} zone @param {Probleme} p @param {string} modele
 * @param {Noeud} schema @returns {string} */
const dis = (zone, p, modele, schema) =>
  parle(p, modele, schema, (chemin) => {
    const posee = zone.querySelector(`[data-champ="${CSS.escape(chemin)}"]`);
    return posee ? intitule(/** @type {HTMLElement} */ (posee), chemin) : undefined;
  });

/** Une faute : sa gravité, ce que l’on en dit, et le bouton qui écrit la bonne valeur si on la connaît.
 * @param {Probleme} p @param {string[]} phrases @param {Record<string, string>} [bouton] @param {string} [juste] en toutes lettres */
export function paragraphe(p, phrases, bouton, juste = p.juste) {
  const grave = p.gravite === "erreur";
  const entete = element("strong", {}, grave ? "À revoir\u00a0:" : "À vérifier\u00a0:");
  const classe = grave ? "question__erreur" : "question__avis";
  const e = element("p", { class: classe }, entete, ` ${phrases.filter(Boolean).join(" ")}`);
  const attributs = { class: "lien", type: "button", ...bouton, "data-juste": p.juste ?? "" };
  if (bouton) e.append(" ", element("button", attributs, `Écrire «\u00a0${juste}\u00a0»`));
  return e;
}

/** Le texte d’un problème : la faute et le remède ; la raison quand rien n’oblige, ou quand un bouton écrit la bonne valeur.
 * @param {HTMLElement} zone @param {Probleme} p @param {Noeud} schema @returns {HTMLElement} */
function message(zone, p, schema) {
  // Un choix qui n’existe plus vient d’une vieille fiche : la page montre ceux d’aujourd’hui.
  const ancien = p.code.startsWith("choix-");
  const sure = p.juste !== undefined && !ancien;
  const { quoi, pourquoi, remede } = p.modeles;
  const modeles = [quoi, ...(sure || p.gravite !== "erreur" ? [pourquoi] : []), ...(sure || ancien ? [] : [remede])];
  const phrases = modeles.map((un) => dis(zone, p, un, schema));
  if (ancien) phrases.push("Choisissez parmi les réponses proposées.");
  const e = paragraphe(p, phrases, sure ? { "data-action": "corriger", "data-ou": p.ou } : undefined);
  if (p.autre) e.append(" ", element("a", { href: RACINE + p.autre.adresse }, `Est-ce celle-ci\u202f? ${p.autre.nom}`));
  return e;
}

/** @param {HTMLElement} zone @param {Probleme[]} problemes @param {(p: Probleme) => boolean} visible
 * @param {Noeud} schema */
export function montre(zone, problemes, visible, schema) {
  /** @type {Map<HTMLElement, Probleme[]>} */
  const parQuestion = new Map();
  for (const p of problemes.filter(visible)) {
    const q = question(zone, p.ou);
    if (q) parQuestion.set(q, [...(parQuestion.get(q) ?? []), p]);
  }
  for (const dit of zone.querySelectorAll(".question__dit")) {
    const q = /** @type {HTMLElement} */ (dit.closest(".question"));
    const siens = parQuestion.get(q) ?? [];
    const neufs = siens.map((p) => message(zone, p, schema));
    // Le même message ne se repose pas : un lecteur d’écran le relirait.
    if (dit.innerHTML !== neufs.map((e) => e.outerHTML).join("")) dit.replaceChildren(...neufs);
    const champ = repere(q);
    // Un groupe n’est pas « invalide » pour ARIA : son message le décrit.
    if (champ !== q && siens.some((p) => p.gravite === "erreur")) champ.setAttribute("aria-invalid", "true");
    else champ.removeAttribute("aria-invalid");
  }
}

/** Le résumé de ce qui est à revoir, avec un lien vers chaque champ ; puis ce qui est à vérifier, sans bloquer.
 * @param {HTMLElement} zone @param {Probleme[]} problemes @param {boolean} vient la personne vient de demander l’envoi
 * @param {Noeud} schema */
export function resume(zone, problemes, vient, schema) {
  const boite = /** @type {HTMLElement} */ (document.getElementById("envoi-erreurs"));
  const [erreurs, avis] = ["erreur", "avertissement"].map((gravite) => problemes.filter((p) => p.gravite === gravite));
  boite.hidden = problemes.length === 0;
  boite.classList.toggle("envoi--avis", erreurs.length === 0);
  const titre =
    erreurs.length === 0
      ? "À vérifier, sans que cela empêche l’envoi"
      : erreurs.length === 1
        ? "Une réponse est à revoir"
        : `${erreurs.length} réponses sont à revoir`;
  boite.replaceChildren(
    element("h3", { id: "envoi-erreurs-titre" }, titre),
    liens(zone, erreurs, schema),
    ...(erreurs.length && avis.length
      ? [element("p", {}, "À vérifier aussi, sans que cela empêche l’envoi\u00a0:")]
      : []),
    liens(zone, avis, schema),
  );
  if (vient && erreurs.length) boite.focus();
}

/** @param {HTMLElement} zone @param {Probleme[]} problemes @param {Noeud} schema @returns {HTMLElement | string} */
function liens(zone, problemes, schema) {
  if (problemes.length === 0) return "";
  return element(
    "ul",
    {},
    ...problemes.map((p) => {
      const q = question(zone, p.ou);
      const lien = element("a", { href: `#${q ? repere(q).id : "fiche"}` }, intitule(q, p.ou));
      lien.addEventListener("click", (e) => {
        e.preventDefault();
        if (q) va(q);
      });
      return element("li", {}, lien, "\u00a0: ", dis(zone, p, p.modeles.quoi, schema));
    }),
  );
}

/** Le nom d’une question, tel qu’on le lit. @param {HTMLElement | null} q @param {string} ou @returns {string} */
export function intitule(q, ou) {
  if (q?.dataset.titre) return q.dataset.titre;
  const mots = q?.querySelector("legend, label");
  const texte = [...(mots?.childNodes ?? [])]
    .filter((n) => n.nodeType === Node.TEXT_NODE)
    .map((n) => n.textContent ?? "")
    .join(" ")
    .trim();
  const ligne = q?.closest(".ligne");
  const groupe =
    ligne && ligne.querySelector("legend, label") !== mots
      ? `${/** @type {HTMLElement} */ (ligne).dataset.titre} ${[...(ligne.parentElement?.children ?? [])].indexOf(ligne) + 1}, `
      : "";
  return groupe + (texte || ou);
}
