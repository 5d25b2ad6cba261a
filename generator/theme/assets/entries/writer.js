// Le texte YAML d’une fiche, octet pour octet celui que le dépôt garderait : les mêmes règles que celles de
// generator/edits/yaml_text.py, à changer ensemble.
//
// Une valeur s’écrit nue quand aucun lecteur de YAML ne la prendrait pour autre chose qu’un texte : sur une ligne, une
// lettre latine ou un chiffre en tête, ni deux-points ni dièse à côté d’un blanc, et rien qui se lise comme un nombre ou
// un oui-non, les dates exceptées. Un texte de plusieurs lignes s’écrit en bloc après `|`, s’il ne commence pas par un
// blanc et si aucune ligne ne finit par une espace. Tout le reste va entre guillemets doubles, sur une ligne.
// @ts-check
import { champ } from "./schema.js";

/** @typedef {import("./schema.js").Noeud} Noeud */

/** Ce que YAML ne porte pas, ou qui ne se voit pas, s’écrit par son numéro. */
const INVISIBLES =
  "\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff";
const BLANC = "[ \\u00a0\\u202f]";
const NU = /^[0-9A-Za-zÀ-ÖØ-öø-ɏ]/;
const PAS_NU = new RegExp(`:${BLANC}|:$|${BLANC}#|${BLANC}$|[\\n${INVISIBLES}]`);
const PAS_EN_BLOC = new RegExp(`^[ \\n]| \\n| $|\\n\\n$|[${INVISIBLES}]`);
const A_NUMEROTER = new RegExp(`[\\n"\\\\${INVISIBLES}]`, "g");
const LU_AUTREMENT =
  /^(?:[\d.:_+-]+(?:e[+-]?\d+)?|0[box][\da-f_]+|[+-]?\.(?:inf|nan)|true|false|yes|no|on|off|y|n|null|~)$/i;
const DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(?: \d{2}:\d{2})?)?)?$/;
const MOT = /^[0-9A-Za-z_-]+$/;

/** Le texte d’un fichier : la ligne qui nomme son schéma, puis les clés dans l’ordre du schéma.
 * @param {{[cle: string]: any}} donnees @param {Noeud} schema ouvert
 * @param {number} [profondeur] dossiers entre le fichier et la racine @param {string} [sorte] cop, formation ou actualite
 * @returns {string} */
export const ecrit = (donnees, schema, profondeur = 2, sorte = "cop") =>
  `# yaml-language-server: $schema=${"../".repeat(profondeur)}schema/${sorte}.schema.json\n` +
  (Object.keys(donnees).length ? `${groupe(donnees, schema, "")}\n` : "{}\n");

/** @param {{[cle: string]: any}} donnees @param {Noeud} schema @param {string} marge @returns {string} sans la première marge */
function groupe(donnees, schema, marge) {
  const connues = Object.keys(schema.properties ?? {}).filter((cle) => Object.hasOwn(donnees, cle));
  const autres = Object.keys(donnees).filter((cle) => !champ(schema, cle));
  return [...connues, ...autres]
    .map((cle) => `${texte(cle, null)}:${apres(donnees[cle], champ(schema, cle) ?? {}, marge)}`)
    .join(`\n${marge}`);
}

/** Ce qui suit les deux-points d’une clé, ou le tiret d’un élément. @param {any} valeur @param {Noeud} schema
 * @param {string} marge @returns {string} */
function apres(valeur, schema, marge) {
  const dedans = `${marge}  `;
  if (Array.isArray(valeur)) return liste(valeur, schema.items ?? {}, dedans);
  if (estGroupe(valeur)) return `\n${dedans}${groupe(valeur, schema, dedans)}`;
  if (typeof valeur === "boolean") return valeur ? " oui" : " non";
  if (typeof valeur === "string") return ` ${texte(valeur, dedans)}`;
  return typeof valeur === "number" ? ` ${valeur}` : " {}";
}

/** Les mots d’une liste de choix, de codes ou d’identifiants tiennent sur une ligne ; le reste, un élément par ligne.
 * @param {any[]} valeurs @param {Noeud} schema @param {string} marge @returns {string} */
function liste(valeurs, schema, marge) {
  if (valeurs.every((valeur) => typeof valeur === "string" && MOT.test(valeur))) {
    return ` [${valeurs.map((valeur) => texte(valeur, null)).join(", ")}]`;
  }
  return valeurs
    .map(
      (valeur) =>
        `\n${marge}-${estGroupe(valeur) ? ` ${groupe(valeur, schema, `${marge}  `)}` : apres(valeur, schema, marge)}`,
    )
    .join("");
}

/** @param {any} valeur @returns {boolean} */
const estGroupe = (valeur) =>
  valeur !== null && typeof valeur === "object" && !Array.isArray(valeur) && Object.keys(valeur).length > 0;

/** @param {string} brut @param {string | null} marge celle d’un bloc ; sans elle, le texte tient sur une ligne
 * @returns {string} */
function texte(brut, marge) {
  const valeur = brut.replace(/\r\n?/g, "\n").replace(/\p{Surrogate}/gu, "\ufffd");
  if (NU.test(valeur) && !PAS_NU.test(valeur) && (!LU_AUTREMENT.test(valeur) || DATE.test(valeur))) return valeur;
  if (marge !== null && valeur.includes("\n") && !PAS_EN_BLOC.test(valeur)) {
    const lignes = valeur
      .replace(/\n$/, "")
      .split("\n")
      .map((ligne) => ligne && `${marge}${ligne}`);
    return [valeur.endsWith("\n") ? "|" : "|-", ...lignes].join("\n");
  }
  return `"${valeur.replace(A_NUMEROTER, numerote)}"`;
}

/** @param {string} signe @returns {string} */
function numerote(signe) {
  if (signe === "\n") return "\\n";
  if (signe === "\t") return "\\t";
  if (signe === "\\" || signe === '"') return `\\${signe}`;
  const numero = signe.charCodeAt(0).toString(16).toUpperCase();
  return numero.length > 2 ? `\\u${numero.padStart(4, "0")}` : `\\x${numero.padStart(2, "0")}`;
}
