// Une faute dite dans les mots de la page : un champ par son nom, un choix par son libellé.
// @ts-check
import { element } from "../shared/data.js";
import { typo } from "../shared/waiting.js";
import { enumere } from "../entries/problem.js";
import { noeud } from "../entries/schema.js";
import { phrases } from "../entries/sentences.js";

/** @typedef {import("../entries/sentences.js").Probleme} Probleme */
/** @typedef {import("../entries/schema.js").Noeud} Noeud */

/** Le libellé d’un choix ; tout autre texte, tel quel. @param {Noeud | undefined} ici @param {string} mot @returns {string} */
export function libelle(ici, mot) {
  const un = ici?.items ?? ici;
  return un?.enumDescriptions?.[un.enum?.indexOf(mot) ?? -1] ?? mot;
}

/** Une phrase du catalogue : ce qui est entre guillemets est une clé, ou l’un des trous. @param {Probleme} p @param {string} modele
 * @param {Noeud} schema @returns {string} */
function parle({ ou, valeurs }, modele, schema) {
  const ici = noeud(schema, ou);
  const dit = (/** @type {string} */ trou) => {
    const mot = valeurs[trou] ?? "";
    if (trou === "cle") return noeud(schema, ou)?.title ?? noeud(schema, ou.replace(/\.\d+$/, ""))?.title ?? mot;
    if (trou === "choix" && ici?.enum)
      return enumere(
        ici.enum.map((/** @type {string} */ un) => libelle(ici, un)),
        "ou",
      );
    return trou === "valeur" ? mot : libelle(ici, mot);
  };
  return modele
    .replaceAll("`", "")
    .replace(/«\u00a0([a-z_]+\.[a-z_]+)\u00a0»/g, (tout, cle) =>
      noeud(schema, cle) ? `«\u00a0${noeud(schema, cle)?.title}\u00a0»` : tout,
    )
    .replace(/\{(\w+)\}/g, (_, trou) => dit(trou));
}

/** Ce que l’on dit d’une faute, avec la bonne valeur quand elle est connue. @param {Probleme} p
 * @param {string} cle la cellule que l’on corrige @param {Noeud} schema @returns {HTMLElement} */
export function message(p, cle, schema) {
  const grave = p.gravite === "erreur";
  const sure = p.juste !== undefined && cle === p.ou;
  const modeles = [
    p.modeles.quoi,
    ...(grave && sure ? [] : [p.modeles.pourquoi]),
    ...(grave && sure ? [] : [p.modeles.remede]),
  ];
  const dite = modeles
    .filter(Boolean)
    .map((un) => parle(p, un, schema))
    .join(" ");
  const ligne = element(
    "p",
    { class: grave ? "question__erreur" : "question__avis" },
    element("strong", {}, typo(grave ? "À revoir :" : "À vérifier :")),
    ` ${dite}`,
  );
  if (sure) {
    const mots = typo(`Écrire « ${libelle(noeud(schema, cle), p.juste ?? "")} »`);
    const attributs = {
      class: "lien",
      type: "button",
      "data-geste": "juste",
      "data-cle": cle,
      "data-juste": p.juste ?? "",
    };
    ligne.append(" ", element("button", attributs, mots));
  }
  return ligne;
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
