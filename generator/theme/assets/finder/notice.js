// Une COP dans une liste, comme la page l’écrit à la construction. Les textes ne passent que par textContent.
// @ts-check
import { RACINE, charge, element } from "../shared/data.js";

/** @typedef {import("./annuaire.js").Cop} Cop */

/** @param {Cop} cop */
export const adresse = (cop) => `${RACINE}cops/${cop.id}/`;

/** L’état en forme et en mots. @param {Cop} cop */
export const statut = (cop) => element("span", { class: `statut statut--${cop.signe}` }, cop.statutNom);

const jour = new Intl.DateTimeFormat("fr", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** @param {Cop} cop @param {string} [distance] @returns {HTMLLIElement} */
export function notice(cop, distance = "") {
  const lieu = [cop.typeNom, cop.collectivite, distance].filter(Boolean).join(" · ");
  const date = jour.format(new Date(cop.verifiee || cop.inscrite)).replace(/^1 /, "1er ");
  return element(
    "li",
    {},
    element(
      "div",
      {},
      element("h3", {}, element("a", { href: adresse(cop) }, cop.nom)),
      element("p", { class: "notice__ligne" }, lieu),
    ),
    element(
      "div",
      { class: "notice__cote" },
      statut(cop),
      " ",
      element("p", {}, `${cop.verifiee ? "vérifiée" : "écrite"} le ${date}`),
    ),
  );
}

const PEU = 12; // fiches : au-delà, une liste se parcourt sans leurs résumés, comme celle de la page

/** @param {number} n fiches montrées */
export const serre = (n) => n > PEU;

/** Ajoute leurs résumés à peu de fiches, dès qu’ils sont là ; on peut s’en passer.
 * @param {HTMLLIElement[]} lignes @param {Cop[]} cops dans le même ordre */
export async function resume(lignes, cops) {
  const { resumes } = await charge("donnees/resumes.json");
  for (const [i, { id }] of cops.entries())
    if (resumes[id]) lignes[i].firstElementChild?.append(element("p", { class: "notice__resume" }, resumes[id]));
}
