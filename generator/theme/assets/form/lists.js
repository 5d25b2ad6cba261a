// Les listes du formulaire : ajouter une ligne, la déplacer, la retirer, au clavier comme à la souris.
// @ts-check
import { paires, pose } from "./controls.js";

/** @param {HTMLElement} liste le groupe qui porte data-liste */
const lignes = (liste) => /** @type {HTMLElement[]} */ ([...(liste.querySelector(":scope > ol")?.children ?? [])]);

/** Quelque chose y est-il répondu ? @param {HTMLElement} ligne */
export const remplie = (ligne) =>
  paires(ligne).some(([nom, valeur]) => valeur.trim() !== "" && !nom.endsWith("._origine"));

/** Ajoute des lignes vides à la fin. @param {HTMLElement} liste @param {number} [combien] @returns {HTMLElement | undefined} la dernière */
export function ajoute(liste, combien = 1) {
  const modele = /** @type {HTMLTemplateElement} */ (liste.querySelector(":scope > template"));
  for (let n = 0; n < combien; n += 1) liste.querySelector(":scope > ol")?.append(modele.content.cloneNode(true));
  numerote(liste);
  return lignes(liste).at(-1);
}

/** La ligne vient d’une fiche publiée, à ce rang : ce que le formulaire ne montre pas d’elle sera gardé.
 * @param {HTMLElement} ligne @param {string} rang */
function origine(ligne, rang) {
  const champ = /** @type {HTMLInputElement | null} */ (ligne.querySelector("input[name$='._origine']"));
  if (!champ) return;
  champ.disabled = rang === "";
  champ.value = rang;
}

/** Ce qui porte un nom ou un repère, et de même dans le modèle des lignes d’une liste qui est dans celle-ci.
 * @param {HTMLElement | DocumentFragment} zone @returns {Element[]} */
const nommes = (zone) => [
  ...zone.querySelectorAll("[name], [id], [for], [data-champ], [data-liste], [aria-describedby]"),
  ...[...zone.querySelectorAll("template")].flatMap((modele) => nommes(modele.content)),
];

/** Remet les rangs dans les noms, les repères et les mots, après chaque changement. @param {HTMLElement} liste */
function numerote(liste) {
  const nom = liste.dataset.liste ?? "";
  const repere = `q-${nom.replaceAll(".", "-")}-`;
  const toutes = lignes(liste);
  for (const [rang, ligne] of toutes.entries()) {
    for (const e of nommes(ligne)) {
      for (const attribut of ["name", "data-champ", "data-liste"]) remplace(e, attribut, `${nom}.`, rang);
      for (const attribut of ["id", "for", "aria-describedby"]) remplace(e, attribut, repere, rang);
    }
    const titre = `${ligne.dataset.titre} ${rang + 1}`;
    const legende = ligne.querySelector("legend, label");
    if (legende && toutes.length) legende.firstChild?.replaceWith(`${titre} `);
    for (const bouton of /** @type {NodeListOf<HTMLButtonElement>} */ (
      ligne.querySelectorAll(":scope > .ligne__gestes button")
    )) {
      bouton.setAttribute("aria-label", `${bouton.textContent} : ${titre}`);
      bouton.disabled =
        bouton.dataset.action === "monter"
          ? rang === 0
          : bouton.dataset.action === "descendre" && rang === toutes.length - 1;
    }
  }
}

/** @param {Element} e @param {string} attribut @param {string} debut @param {number} rang */
function remplace(e, attribut, debut, rang) {
  const valeur = e.getAttribute(attribut);
  if (!valeur?.includes(debut)) return;
  e.setAttribute(
    attribut,
    valeur
      .split(" ")
      .map((mot) => (mot.startsWith(debut) ? debut + mot.slice(debut.length).replace(/^\d+/, String(rang)) : mot))
      .join(" "),
  );
}

/** Un geste sur une ligne ; ce qu’il faut dire, et où va le repère du clavier.
 * @param {HTMLElement} liste @param {HTMLElement} ligne @param {string} action
 * @returns {{mots: string, repere: HTMLElement}} */
export function geste(liste, ligne, action) {
  const toutes = lignes(liste);
  const rang = toutes.indexOf(ligne);
  const titre = ligne.dataset.titre ?? "";
  if (action === "retirer") {
    ligne.remove();
    numerote(liste);
    const reste = lignes(liste)[Math.min(rang, toutes.length - 2)];
    const repere =
      reste?.querySelector("[data-action=retirer]") ?? liste.querySelector(":scope > [data-action=ajouter]");
    return { mots: `${titre} ${rang + 1} : retirée de la liste.`, repere: /** @type {HTMLElement} */ (repere) };
  }
  const vers = action === "monter" ? rang - 1 : rang + 1;
  if (action === "monter") toutes[vers].before(ligne);
  else toutes[vers].after(ligne);
  numerote(liste);
  const boutons = /** @type {HTMLButtonElement[]} */ ([...ligne.querySelectorAll(":scope > .ligne__gestes button")]);
  const meme = boutons.find((b) => b.dataset.action === action && !b.disabled);
  return { mots: `Place ${vers + 1} sur ${toutes.length}.`, repere: meme ?? boutons.find((b) => !b.disabled) ?? ligne };
}

/** Remplit tout le formulaire à partir des couples « chemin, valeur » d’une fiche ou d’un brouillon. Une liste de simples
 * valeurs peut répéter son nom, ou compter : `autres_noms`, `autres_noms.0`.
 * @param {HTMLElement} zone @param {[string, string][]} couples */
export function remplit(zone, couples) {
  /** @type {Map<string, string[]>} */
  const valeurs = new Map();
  for (const [nom, valeur] of couples) valeurs.set(nom, [...(valeurs.get(nom) ?? []), valeur]);
  remplitListes(zone, valeurs);
  for (const q of /** @type {NodeListOf<HTMLElement>} */ (zone.querySelectorAll(".question--cases[data-champ]"))) {
    inconnues(q, valeurs.get(q.dataset.champ ?? "") ?? []);
  }
  for (const c of /** @type {NodeListOf<import("./controls.js").Controle>} */ (
    zone.querySelectorAll("input[name], select[name], textarea[name]")
  )) {
    if (!c.name.endsWith("._origine")) pose(c, valeurs.get(c.name) ?? []);
  }
}

/** Donne à chaque liste ses lignes, puis aux listes qui sont dans celles-ci les leurs.
 * @param {HTMLElement} zone @param {Map<string, string[]>} valeurs */
function remplitListes(zone, valeurs) {
  const listes = /** @type {NodeListOf<HTMLElement>} */ (zone.querySelectorAll("[data-liste]"));
  for (const liste of [...listes].filter((une) => !zone.contains(une.parentElement?.closest("[data-liste]") ?? null))) {
    liste.querySelector(":scope > ol")?.replaceChildren();
    const nom = liste.dataset.liste ?? "";
    const debut = `${nom}.`;
    for (const [rang, valeur] of (valeurs.get(nom) ?? []).entries()) valeurs.set(`${debut}${rang}`, [valeur]);
    const rangs = [...valeurs.keys()]
      .filter((cle) => cle.startsWith(debut))
      .map((cle) => Number(cle.slice(debut.length).split(".")[0]));
    const combien = Math.min(100, Math.max(-1, ...rangs) + 1);
    if (combien) ajoute(liste, combien);
    for (const [rang, ligne] of lignes(liste).entries()) {
      origine(ligne, valeurs.get(`${debut}${rang}._origine`)?.[0] ?? "");
      remplitListes(ligne, valeurs);
    }
  }
}

/** Une case pour chaque valeur que la page ne propose pas : elle ne se perd pas, et la vérification dira quoi en faire.
 * @param {HTMLElement} q @param {string[]} valeurs */
function inconnues(q, valeurs) {
  const proposees = /** @type {HTMLInputElement[]} */ ([...q.querySelectorAll("input[type=checkbox]")]);
  for (const valeur of valeurs.filter((une) => une && !proposees.some((c) => c.value === une))) {
    const etiquette = /** @type {HTMLElement} */ (proposees[0].parentElement?.cloneNode(true));
    etiquette.querySelector("input")?.setAttribute("value", valeur);
    etiquette.lastChild?.replaceWith(` ${valeur}`);
    proposees[0].parentElement?.parentElement?.append(etiquette);
  }
}
