// Une faute dite dans les mots de la page : un champ par son nom, un choix par son libellé.
// @ts-check
import { element } from "../shared/data.js";
import { typo } from "../shared/waiting.js";
import { libelle, noeud } from "../entries/schema.js";
import { parle, phrases } from "../entries/sentences.js";
import { paragraphe } from "../form/problems.js";

/** @typedef {import("../entries/sentences.js").Probleme} Probleme */
/** @typedef {import("../entries/schema.js").Noeud} Noeud */

/** Ce que l’on dit d’une faute, avec la bonne valeur quand elle est connue. @param {Probleme} p
 * @param {string} cle la cellule que l’on corrige @param {Noeud} schema @returns {HTMLElement} */
export function message(p, cle, schema) {
  const sure = p.juste !== undefined && cle === p.ou;
  const { quoi, pourquoi, remede } = p.modeles;
  const modeles = p.gravite === "erreur" && sure ? [quoi] : [quoi, pourquoi, remede];
  const phrases = modeles.map((un) => parle(p, un, schema));
  const juste = libelle(noeud(schema, cle), p.juste ?? "");
  return paragraphe(p, phrases, sure ? { "data-geste": "juste", "data-cle": cle } : undefined, juste);
}

/** « 12 lignes lues : 9 prêtes, 3 à revoir. » @param {number} lues @param {number} pretes @returns {string} */
export function compte(lues, pretes) {
  const [s, p] = [lues, pretes].map((nombre) => (nombre > 1 ? "s" : ""));
  const reste = lues - pretes;
  return `${lues} ligne${s} lue${s} : ${pretes} prête${p}${reste ? `, ${reste} à revoir` : ""}.`;
}

/** Comment le tableau a été lu, et ce qui ne va pas dans ses titres. @param {string[]} notes
 * @param {import("./headings.js").Faute[]} fautes @param {Record<string, import("../entries/tools.js").Phrase>} problemes */
export const raconteTitres = (notes, fautes, problemes) => [
  ...notes.map((mots) => element("p", { class: "menu" }, typo(mots))),
  ...fautes
    .filter(({ ligne }) => ligne === undefined)
    .map(({ constat, colonne }) => {
      const { quoi, pourquoi, remede } = phrases(constat, problemes);
      const ou = element("strong", {}, typo(colonne ? `À revoir, ${colonne} :` : "À revoir :"));
      return element("p", { class: "question__erreur" }, ou, ` ${[quoi, pourquoi, remede].join(" ")}`);
    }),
];
