// Ce que des données ont de contraire à un schéma : tous les mots et tous les types dont nos schémas se servent, lus comme
// JSON Schema le veut (generator/entries/schemas/reasons.py). Ce que l’on en dit est dans breaches.js.
// @ts-check
import { DATES, existe } from "./guesses.js";
import { canon, estGroupe } from "./reading.js";

/** @typedef {import("./schema.js").Noeud} Noeud */
/** @typedef {import("./problem.js").Chemin} Chemin */

/** Ce qu’un mot du schéma refuse à un endroit ; `manque` : la clé que `required` demande ; `regle` : le `x-regle` le plus
 * proche. @typedef {{mot: string, attendu: any, trouve: any, noeud: Noeud, ou: Chemin, manque: string, regle: string}} Refus */

/** Les signes d’un texte, une émoticône comptée pour un. @param {string} texte */
export const taille = (texte) => [...texte].length;

/** @type {Record<string, (valeur: any) => boolean>} */
const TYPES = {
  object: estGroupe,
  array: Array.isArray,
  string: (valeur) => typeof valeur === "string",
  number: (valeur) => typeof valeur === "number",
  integer: Number.isInteger,
  boolean: (valeur) => typeof valeur === "boolean",
  null: (valeur) => valeur === null,
};

/** Ce que chaque mot accepte d’une valeur de son type ; il n’a rien à dire des autres.
 * @type {Record<string, [string, (valeur: any, attendu: any, noeud: Noeud) => boolean]>} */
const MOTS = {
  type: ["", (valeur, attendu) => [attendu].flat().some((nom) => TYPES[nom](valeur))],
  enum: ["", (valeur, attendu) => attendu.map(canon).includes(canon(valeur))],
  const: ["", (valeur, attendu) => canon(attendu) === canon(valeur)],
  anyOf: ["", (valeur, attendu) => attendu.some((/** @type {Noeud} */ un) => convient(un, valeur))],
  oneOf: ["", (valeur, attendu) => attendu.filter((/** @type {Noeud} */ un) => convient(un, valeur)).length === 1],
  not: ["", (valeur, attendu) => !convient(attendu, valeur)],
  // Une date suit son motif si elle est au calendrier.
  pattern: [
    "string",
    (valeur, attendu, noeud) =>
      new RegExp(attendu, "u").test(valeur) && (!DATES.has(noeud["x-motif"]) || existe(valeur)),
  ],
  minLength: ["string", (valeur, attendu) => taille(valeur) >= attendu],
  maxLength: ["string", (valeur, attendu) => taille(valeur) <= attendu],
  minItems: ["array", (valeur, attendu) => valeur.length >= attendu],
  maxItems: ["array", (valeur, attendu) => valeur.length <= attendu],
  uniqueItems: ["array", (valeur, attendu) => !attendu || new Set(valeur.map(canon)).size === valeur.length],
  minimum: ["number", (valeur, attendu) => valeur >= attendu],
  maximum: ["number", (valeur, attendu) => valeur <= attendu],
  exclusiveMinimum: ["number", (valeur, attendu) => valeur > attendu],
  exclusiveMaximum: ["number", (valeur, attendu) => valeur < attendu],
  multipleOf: ["number", (valeur, attendu) => Number.isInteger(Number((valeur / attendu).toFixed(9)))],
  minProperties: ["object", (valeur, attendu) => Object.keys(valeur).length >= attendu],
  maxProperties: ["object", (valeur, attendu) => Object.keys(valeur).length <= attendu],
  contains: ["array", (valeur, attendu) => valeur.some((/** @type {any} */ un) => convient(attendu, un))],
};

/** Les mots d’un schéma qui ont un sens ici, et ceux qui ne font que l’annoter : il n’en a pas d’autres. */
export const CONNUS = [
  ...Object.keys(MOTS),
  ...["properties", "additionalProperties", "required", "items", "allOf", "if", "then", "else"],
  ...["dependentRequired", "$ref", "$defs"],
  ...["$schema", "$id", "title", "description", "examples", "default", "enumDescriptions"],
];
export const TYPES_CONNUS = Object.keys(TYPES);

/** @param {Noeud | boolean} noeud @param {any} valeur @returns {boolean} */
export const convient = (noeud, valeur) => refus(noeud, valeur).next().done === true;

/** Tout ce qu’un schéma refuse. @param {Noeud | boolean} noeud ouvert @param {any} trouve @param {Chemin} [ou] @param {string} [regle]
 * @returns {Generator<Refus>} */
export function* refus(noeud, trouve, ou = [], regle = "") {
  if (typeof noeud === "boolean") {
    if (!noeud) yield { mot: "false", attendu: noeud, trouve, noeud: {}, ou, manque: "", regle };
    return;
  }
  const condition = noeud["x-regle"] ?? regle;
  for (const [mot, attendu] of Object.entries(noeud)) {
    const [type, accepte] = Object.hasOwn(MOTS, mot) ? MOTS[mot] : ["", () => true];
    if ((type && !TYPES[type](trouve)) || accepte(trouve, attendu, noeud)) continue;
    yield {
      mot,
      attendu,
      trouve,
      noeud,
      ou,
      manque: "",
      regle: ["anyOf", "oneOf", "not"].includes(mot) ? condition : regle,
    };
  }
  if (estGroupe(trouve)) yield* refusDuGroupe(noeud, trouve, ou, regle);
  if ("items" in noeud && Array.isArray(trouve)) {
    for (const [i, un] of trouve.entries()) yield* refus(noeud.items, un, [...ou, i], regle);
  }
  for (const un of noeud.allOf ?? []) yield* refus(un, trouve, ou, condition);
  if ("if" in noeud)
    yield* refus((convient(noeud.if, trouve) ? noeud.then : noeud.else) ?? true, trouve, ou, condition);
}

/** @param {Noeud} noeud @param {any} trouve @param {Chemin} ou @param {string} regle @returns {Generator<Refus>} */
function* refusDuGroupe(noeud, trouve, ou, regle) {
  const connues = noeud.properties ?? {};
  // Dans l’ordre du schéma, puis les clés qu’il ne nomme pas.
  for (const [cle, sous] of Object.entries(connues)) {
    if (Object.hasOwn(trouve, cle)) yield* refus(sous, trouve[cle], [...ou, cle], regle);
  }
  for (const cle of Object.keys(trouve)) {
    if (!Object.hasOwn(connues, cle))
      yield* refus(noeud.additionalProperties ?? true, trouve[cle], [...ou, cle], regle);
  }
  const voulues = Object.entries(noeud.dependentRequired ?? {}).filter(([cle]) => Object.hasOwn(trouve, cle));
  for (const manque of [...(noeud.required ?? []), ...voulues.flatMap(([, cles]) => cles)]) {
    if (!Object.hasOwn(trouve, manque)) {
      yield { mot: "required", attendu: noeud.required, trouve, noeud, ou, manque, regle };
    }
  }
}
