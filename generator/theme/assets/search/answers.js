// Comment se disent et se montrent les réponses, dans l’en-tête comme sur leur page. Les textes ne passent que par
// textContent.
// @ts-check
import { RACINE, element } from "../shared/data.js";

/** @typedef {import("./results.js").Trouvaille} Trouvaille */
/** @typedef {import("./results.js").Reponse} Reponse */

const MONTREE = 60; // signes d’une question que l’on répète

const nombre = new Intl.NumberFormat("fr-FR");

/** @param {number} n @param {string} un @param {string} plusieurs */
const compte = (n, un, plusieurs) => `${nombre.format(n)}\u00a0${n > 1 ? plusieurs : un}`;

/** @param {number} n */
export const reponses = (n) => compte(n, "réponse", "réponses");

/** Ce qui a été tapé, sans ce qui ne se voit pas ni ce qui retourne une ligne. @param {string} texte */
export function cite(texte) {
  const signes = [...texte.replace(/\p{C}/gu, " ").replace(/\s+/g, " ").trim()];
  return `«\u00a0${signes.slice(0, MONTREE).join("")}${signes.length > MONTREE ? "…" : ""}\u00a0»`;
}

/** @param {string} texte @param {Reponse} reponse @param {boolean} [loin] du champ : la question se répète
 * @returns {string} ce qui est trouvé, en une ou deux phrases courtes */
export function raconte(texte, { total, ont, tous }, loin = false) {
  if (total === 0) {
    const quoi = /^\s*\d{5}\s*$/.test(texte)
      ? `Aucune commune de l’annuaire n’a le code ${texte.trim()}.`
      : `Rien trouvé pour ${cite(texte)}.`;
    return `${quoi} Hors de son territoire, l’annuaire ne connaît ni commune ni COP.`;
  }
  if (ont.length === 0) return `${loin ? `${cite(texte)}\u00a0: ` : ""}${reponses(total)}`;
  const mots = ont.map(cite).join(tous ? " et " : " ou ");
  return `Aucune page n’a tous ces mots\u00a0; voici celles qui ont ${mots}\u00a0: ${reponses(total)}.`;
}

/** Où aller quand rien ne répond. @returns {HTMLElement} */
export function propositions() {
  const lien = (/** @type {[string, string]} */ [chemin, mots]) =>
    element("li", {}, element("a", { href: RACINE + chemin }, mots));
  /** @type {[string, string][]} */
  const chemins = [
    ["territoires/", "Voir tous les territoires"],
    ["demander/", "Demander une COP à sa commune"],
    ["ajouter/", "Ajouter une COP à l’annuaire"],
  ];
  return element("ul", {}, ...chemins.map(lien));
}

/** @param {string} question @param {string} [sorte] @param {number} [page] @returns {string} leur adresse */
export function adresse(question, sorte = "", page = 1) {
  const demande = new URLSearchParams({ q: question });
  if (sorte) demande.set("sorte", sorte);
  if (page > 1) demande.set("p", String(page));
  return `${RACINE}recherche/?${demande}`;
}

/** @param {Trouvaille} trouvaille @param {"h3" | "span"} nom l’élément du titre @returns {HTMLLIElement} */
export function ligne({ url, titre, lieu, extrait }, nom) {
  const li = element("li", {}, element(nom, {}, element("a", { href: url }, titre)));
  if (lieu) li.append(element("p", { class: "reponse__lieu" }, lieu));
  if (extrait) li.append(element("p", {}, extrait));
  return li;
}

/** @param {import("./results.js").Groupe} groupe @returns {string} « COP : 229 » */
export const intitule = ({ titre, total }) => `${titre}\u00a0: ${nombre.format(total)}`;
