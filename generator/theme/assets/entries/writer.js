// Le texte YAML d’une fiche, octet pour octet celui que le dépôt garderait : comme generator/entries/writer.py, qui dit
// pourquoi, avec les mêmes motifs (`yaml` dans generator/entries/rules.json).
// @ts-check
import { champ, ecrite } from "./schema.js";

/** @typedef {import("./schema.js").Noeud} Noeud */
/** @typedef {Record<string, RegExp>} Motifs */

/** Le texte d’un fichier : la ligne qui nomme son schéma, puis les clés dans l’ordre du schéma.
 * @param {{[cle: string]: any}} donnees
 * @param {{schema: Noeud, regles: import("./rules.js").Regles, sorte: import("./tools.js").Sorte}} outils @returns {string} */
export function ecrit(donnees, { schema, regles, sorte }) {
  const motifs = motifsDe(regles);
  const tete = `# yaml-language-server: $schema=../../schema/${sorte}.schema.json\n`;
  return `${tete}${Object.keys(donnees).length ? groupe(donnees, schema, "", motifs) : "{}"}\n`;
}

/** Un texte avec un élément de plus dans une de ses listes, à la place qu’a trouvée generator/entries/insertion.py ; rien
 * d’autre n’y change. @typedef {{debut: number, fin: number, avant: string, marge: string, apres: string, ligne: string}} Ajout
 * @param {string} texte @param {Ajout} ajout @param {{[cle: string]: any}} un @param {Noeud} schema de l’élément
 * @param {import("./rules.js").Regles} regles @returns {string} */
export function ajoute(texte, { debut, fin, avant, marge, apres, ligne }, un, schema, regles) {
  const corps = groupe(un, schema, marge, motifsDe(regles)).replaceAll("\n", ligne);
  return texte.slice(0, debut) + avant + corps + apres + texte.slice(fin);
}

/** @param {import("./rules.js").Regles} regles @returns {Motifs} */
const motifsDe = (regles) =>
  Object.fromEntries(Object.entries(regles.yaml).map(([nom, motif]) => [nom, new RegExp(motif, "u")]));

/** @param {{[cle: string]: any}} donnees @param {Noeud} schema @param {string} marge @param {Motifs} motifs
 * @returns {string} sans la première marge */
function groupe(donnees, schema, marge, motifs) {
  const connues = Object.keys(schema.properties ?? {}).filter((cle) => Object.hasOwn(donnees, cle));
  const cles = [...connues, ...Object.keys(donnees).filter((cle) => !champ(schema, cle))];
  return cles
    .map((cle) => `${texte(cle, null, motifs)}:${apres(donnees[cle], champ(schema, cle) ?? {}, marge, motifs)}`)
    .join(`\n${marge}`);
}

/** Ce qui suit les deux-points d’une clé, ou le tiret d’un élément. @param {any} valeur @param {Noeud} schema
 * @param {string} marge @param {Motifs} motifs @returns {string} */
function apres(valeur, schema, marge, motifs) {
  const dedans = `${marge}  `;
  if (Array.isArray(valeur)) return liste(valeur, schema.items ?? {}, dedans, motifs);
  if (estGroupe(valeur)) return `\n${dedans}${groupe(valeur, schema, dedans, motifs)}`;
  if (typeof valeur === "string") return ` ${texte(valeur, dedans, motifs)}`;
  return valeur !== null && typeof valeur === "object" ? " {}" : ` ${ecrite(valeur)}`;
}

/** Les mots d’une liste de choix, de codes ou d’identifiants tiennent sur une ligne ; le reste, un élément par ligne.
 * @param {any[]} valeurs @param {Noeud} schema @param {string} marge @param {Motifs} motifs @returns {string} */
function liste(valeurs, schema, marge, motifs) {
  if (valeurs.every((valeur) => typeof valeur === "string" && motifs.word.test(valeur))) {
    return ` [${valeurs.map((valeur) => texte(valeur, null, motifs)).join(", ")}]`;
  }
  const element = (/** @type {any} */ valeur) =>
    estGroupe(valeur) ? ` ${groupe(valeur, schema, `${marge}  `, motifs)}` : apres(valeur, schema, marge, motifs);
  return valeurs.map((valeur) => `\n${marge}-${element(valeur)}`).join("");
}

/** @param {any} valeur @returns {boolean} */
const estGroupe = (valeur) =>
  valeur !== null && typeof valeur === "object" && !Array.isArray(valeur) && Object.keys(valeur).length > 0;

/** @param {string} brut @param {string | null} marge celle d’un bloc ; sans elle, le texte tient sur une ligne
 * @param {Motifs} motifs @returns {string} */
function texte(brut, marge, motifs) {
  const valeur = brut.replace(/\r\n?/g, "\n").replace(/\p{Surrogate}/gu, "\ufffd");
  const autre = motifs.read_otherwise.test(valeur.toLowerCase()) && !motifs.date.test(valeur);
  if (motifs.bare.test(valeur) && !motifs.not_bare.test(valeur) && !autre) return valeur;
  if (marge !== null && valeur.includes("\n") && !motifs.not_block.test(valeur)) {
    return `|${valeur.endsWith("\n") ? "" : "-"}\n${valeur.replace(/\n$/, "").replace(/^(?=.)/gm, marge)}`;
  }
  return `"${valeur.replace(new RegExp(motifs.escaped, "gu"), numerote)}"`;
}

/** @param {string} signe @returns {string} */
function numerote(signe) {
  const rang = '"\\\n\t'.indexOf(signe);
  if (rang >= 0) return `\\${'"\\nt'[rang]}`;
  const numero = signe.charCodeAt(0).toString(16).toUpperCase();
  return numero.length > 2 ? `\\u${numero.padStart(4, "0")}` : `\\x${numero.padStart(2, "0")}`;
}
