// Une COP dans une liste, comme la page l’écrit à la construction. Les textes ne passent que par textContent.
// @ts-check
import { RACINE, element } from "../shared/data.js";

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
