// Dire ce qui ne va pas : sous le champ quand on l’a quitté, en haut de l’envoi quand on envoie.
// @ts-check
import { RACINE, element } from "../shared/data.js";
import { question, repere, va } from "./controls.js";

/** @typedef {import("../entries/sentences.js").Probleme} Probleme */

/** Ce qui se remplit dans un modèle : ce qui est entre guillemets, trou ou clé, les autres trous, et les accents graves de ce
 * qui se tape. */
const MORCEAUX = /«\u00a0(?:\{(\w+)\}|([a-z][a-z0-9_.-]*))\u00a0»|\{(\w+)\}|`/g;

/** Une phrase du catalogue dans les mots de la page : une clé ou un choix entre guillemets y est ce qu’on lit à l’écran, une
 * date s’écrit jour d’abord.
 * @param {HTMLElement} zone @param {Probleme} p @param {string} modele @returns {string} */
const parle = (zone, p, modele) =>
  modele.replace(MORCEAUX, (_, cite, mot, trou) => {
    if (trou) return enDate(p.valeurs[trou] ?? "");
    return cite || mot ? `«\u00a0${alEcran(zone, p, mot ?? p.valeurs[cite] ?? "")}\u00a0»` : "";
  });

/** @param {string} mot @returns {string} */
const enDate = (mot) =>
  mot.replace(
    /^(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?( .*)?$/,
    (_, annee, mois, jour, heure = "") => [jour, mois, annee].filter(Boolean).join("/") + heure,
  );

/** Une clé ou un choix tel qu’on le lit à l’écran ; tout autre texte, tel quel.
 * @param {HTMLElement} zone @param {Probleme} p @param {string} mot @returns {string} */
function alEcran(zone, p, mot) {
  if (!/^[a-z][a-z0-9_.-]*$/.test(mot)) return mot;
  const sansRang = (/** @type {string} */ chemin) => chemin.replace(/\d+/g, "");
  const lui = mot === p.valeurs.cle && sansRang(p.ou).endsWith(sansRang(mot));
  return lui ? intitule(question(zone, p.ou), p.ou) : nomme(zone, p.ou, mot);
}

/** Ce qu’on lit à l’écran pour une clé voisine ou un choix. @param {HTMLElement} zone @param {string} ou @param {string} mot
 * @returns {string} */
function nomme(zone, ou, mot) {
  const voisine = zone.querySelector(
    `[data-champ="${CSS.escape(ou.replace(/[^.]*$/, mot))}"], [data-champ="${CSS.escape(mot)}"]`,
  );
  if (voisine) return intitule(/** @type {HTMLElement} */ (voisine), mot);
  const choix = zone.querySelector(
    `select option[value="${CSS.escape(mot)}"], input[type=checkbox][value="${CSS.escape(mot)}"]`,
  );
  return (choix?.tagName === "INPUT" ? choix.parentElement : choix)?.textContent?.trim() || mot;
}

/** Le texte d’un problème : la faute et le remède ; la raison quand rien n’oblige, ou quand un bouton écrit la bonne valeur.
 * @param {HTMLElement} zone @param {Probleme} p @returns {HTMLElement} */
function message(zone, p) {
  // Un choix qui n’existe plus vient d’une vieille fiche : la page montre ceux d’aujourd’hui.
  const ancien = p.code.startsWith("choix-");
  const grave = p.gravite === "erreur",
    sure = p.juste !== undefined && !ancien;
  const phrases = [
    p.modeles.quoi,
    ...(sure || !grave ? [p.modeles.pourquoi] : []),
    ...(ancien ? ["Choisissez parmi les réponses proposées."] : sure ? [] : [p.modeles.remede]),
  ];
  const e = element(
    "p",
    { class: grave ? "question__erreur" : "question__avis" },
    element("strong", {}, grave ? "À revoir\u00a0:" : "À vérifier\u00a0:"),
    " ",
    phrases
      .filter(Boolean)
      .map((une) => parle(zone, p, une))
      .join(" "),
  );
  if (sure) {
    e.append(
      " ",
      element(
        "button",
        { class: "lien", type: "button", "data-action": "corriger", "data-ou": p.ou, "data-juste": p.juste ?? "" },
        `Écrire «\u00a0${p.juste}\u00a0»`,
      ),
    );
  }
  if (p.autre) e.append(" ", element("a", { href: RACINE + p.autre.adresse }, `Est-ce celle-ci\u202f? ${p.autre.nom}`));
  return e;
}

/** @param {HTMLElement} zone @param {Probleme[]} problemes @param {(p: Probleme) => boolean} visible */
export function montre(zone, problemes, visible) {
  /** @type {Map<HTMLElement, Probleme[]>} */
  const parQuestion = new Map();
  for (const p of problemes.filter(visible)) {
    const q = question(zone, p.ou);
    if (q) parQuestion.set(q, [...(parQuestion.get(q) ?? []), p]);
  }
  for (const dit of zone.querySelectorAll(".question__dit")) {
    const q = /** @type {HTMLElement} */ (dit.closest(".question"));
    const siens = parQuestion.get(q) ?? [];
    const neufs = siens.map((p) => message(zone, p));
    // Le même message ne se repose pas : un lecteur d’écran le relirait.
    if (dit.innerHTML !== neufs.map((e) => e.outerHTML).join("")) dit.replaceChildren(...neufs);
    const champ = repere(q);
    // Un groupe n’est pas « invalide » pour ARIA : son message le décrit.
    if (champ !== q && siens.some((p) => p.gravite === "erreur")) champ.setAttribute("aria-invalid", "true");
    else champ.removeAttribute("aria-invalid");
  }
}

/** Le résumé de ce qui est à revoir, avec un lien vers chaque champ ; puis ce qui est à vérifier, sans bloquer.
 * @param {HTMLElement} zone @param {Probleme[]} problemes @param {boolean} vient la personne vient de demander l’envoi */
export function resume(zone, problemes, vient) {
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
    liens(zone, erreurs),
    ...(erreurs.length && avis.length
      ? [element("p", {}, "À vérifier aussi, sans que cela empêche l’envoi\u00a0:")]
      : []),
    liens(zone, avis),
  );
  if (vient && erreurs.length) boite.focus();
}

/** @param {HTMLElement} zone @param {Probleme[]} problemes @returns {HTMLElement | string} */
function liens(zone, problemes) {
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
      return element("li", {}, lien, "\u00a0: ", parle(zone, p, p.modeles.quoi));
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
