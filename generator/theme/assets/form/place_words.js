// Ce que l’on dit d’une collectivité que l’on cherche ou que l’on a choisie.
// @ts-check
import { RACINE, element, plie } from "../shared/data.js";

/** @typedef {import("../entries/territories.js").Lieu} Lieu */
/** @typedef {import("../entries/territories.js").Lieux} Lieux */

/** « commune (Finistère), Quimperlé Communauté ». @param {Lieu} l @param {Lieux} lieux @returns {string} */
function detail(l, lieux) {
  const ou = l.departements.map(lieux.nomDuDepartement).join(", ");
  if (l.type === "commune") return `commune (${ou})${l.epci ? `, ${l.epci.nom}` : ""}`;
  return l.type === "epci" ? `intercommunalité (${ou})` : l.type === "departement" ? "département" : "région";
}

/** L’ancienne commune par laquelle on a trouvé celle-ci. @param {Lieu} l @param {string} question @returns {string} */
function parAncienNom(l, question) {
  const q = plie(question);
  const ancien = plie(l.nom).includes(q) ? undefined : l.anciensNoms.find((nom) => plie(nom).includes(q));
  return ancien ? ` ; ${ancien} en fait partie` : "";
}

/** Ce qu’une ligne de la liste dit d’un lieu. @param {Lieu} l @param {string} question @param {Lieux} lieux */
export const decrit = (l, question, lieux) =>
  `${l.postaux[0] ?? l.code}, ${detail(l, lieux)}${parAncienNom(l, question)}`;

/** @param {string} question @param {number} n collectivités proposées @param {Lieux} lieux @returns {string} */
export function racontes(question, n, lieux) {
  const lues = lieux.lectures(question.trim());
  if (lues.length > 1 && lues.every(({ how }) => how === "code-postal")) return aChoisir(question, lues.length);
  if (n) return n === 1 ? "1 collectivité proposée" : `${n} collectivités proposées`;
  return "Aucune collectivité connue ici ne porte ce nom ni ce code. Un syndicat mixte se décrit dans les trois cases suivantes.";
}

/** @param {string} code @param {number} n @returns {string} */
export const aChoisir = (code, n) =>
  `${code.trim()} est le code postal de ${n} communes\u00a0: choisissez la vôtre dans la liste.`;

/** @param {Lieu} l @param {Lieux} lieux @param {string} site celui de la mairie, si nous venons de l’écrire */
export const presentation = (l, lieux, site) =>
  element(
    "p",
    {},
    element("strong", {}, l.nom),
    `, ${detail(l, lieux)}.`,
    site ? ` Le site de la mairie est noté plus bas, dans «\u00a0Contact\u00a0»\u00a0: ${site}` : "",
  );

/** Un bouton seul sur sa ligne, qui s’en va quand on y a répondu. @param {string} mots @param {() => void} geste */
export function bouton(mots, geste) {
  const b = element("button", { class: "lien", type: "button" }, mots);
  b.addEventListener("click", () => {
    b.parentElement?.remove();
    geste();
  });
  return element("p", {}, b);
}

/** @param {import("../entries/tools.js").Voisine[]} voisines */
export const dejaLa = (voisines) =>
  element(
    "p",
    {},
    "Déjà dans l’annuaire ici. Est-ce celle-ci\u202f? ",
    ...voisines.flatMap((c, rang) => [
      rang ? ", " : "",
      element("a", { href: `${RACINE}cops/${c.id}/` }, c.nom),
      " (",
      element("a", { href: `?cop=${c.id}`, "aria-label": `Corriger ${c.nom}` }, "la corriger"),
      ")",
    ]),
  );
