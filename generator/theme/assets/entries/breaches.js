// Les règles du schéma d’une fiche, et ce que l’on dit de chacune : les mêmes que generator/schemas.
// Les clés inconnues et les groupes pris pour des textes n’y sont pas : un formulaire ne peut pas en écrire.
// @ts-check
import { sansAccents } from "../donnees.js";
import { constat, enumere, nomDe, placeDe, placeDeCle } from "./problem.js";
import { choixVoulu, DATES, dateVoulue, existe } from "./guesses.js";
import { champ } from "./schema.js";

/** @typedef {import("./schema.js").Noeud} Noeud */
/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./problem.js").Chemin} Chemin */

/** Ce qu’un mot du schéma refuse à un endroit ; `manque` : la clé que `required` demande ; `regle` : le `x-regle` le plus
 * proche. @typedef {{mot: string, attendu: any, trouve: any, noeud: Noeud, ou: Chemin, manque: string, regle: string}} Refus */

/** Les fautes contre le schéma. Une valeur n’a qu’une faute : la plus proche de la cause.
 * @param {any} donnees @param {Noeud} schema ouvert @returns {Constat[]} */
export function reglesDuSchema(donnees, schema) {
  const tous = [...refus(schema, donnees, [], "")].flatMap(dit);
  /** @type {Map<string, number>} */
  const premiers = new Map();
  for (const un of tous) premiers.set(un.place, Math.min(premiers.get(un.place) ?? SANS_RANG, rang(un.code)));
  return tous.filter((un) => rang(un.code) === SANS_RANG || rang(un.code) === premiers.get(un.place));
}

const SANS_RANG = 9;
/** @type {Record<string, number>} */
const RANGS = { type: 1, choix: 2, date: 2, motif: 2, adresse: 2, trop: 3, code: 3 };
/** Laquelle des fautes d’une même place se dit. @param {string} code @returns {number} */
const rang = (code) => RANGS[code.split("-")[0]] ?? SANS_RANG;

// Ce que le schéma refuse --------------------------------------------------------------------------------------------

/** @param {any} valeur */
const estGroupe = (valeur) => valeur !== null && typeof valeur === "object" && !Array.isArray(valeur);
/** Les signes d’un texte, une émoticône comptée pour un. @param {string} texte */
const taille = (texte) => [...texte].length;

/** @type {Record<string, (valeur: any) => boolean>} */
const TYPES = {
  object: estGroupe,
  array: Array.isArray,
  string: (valeur) => typeof valeur === "string",
  integer: Number.isInteger,
};

/** Ce que chaque mot accepte ; les mots qui descendent dans la valeur sont dans `refus`.
 * @type {Record<string, (attendu: any, valeur: any, noeud: Noeud) => boolean>} */
const ACCEPTE = {
  type: (attendu, valeur) => [attendu].flat().some((nom) => TYPES[nom]?.(valeur)),
  enum: (attendu, valeur) => attendu.includes(valeur),
  const: (attendu, valeur) => attendu === valeur,
  pattern: (attendu, valeur, noeud) =>
    typeof valeur !== "string" ||
    (new RegExp(attendu, "u").test(valeur) && (!DATES.has(noeud["x-motif"]) || existe(valeur))),
  minLength: (attendu, valeur) => typeof valeur !== "string" || taille(valeur) >= attendu,
  maxLength: (attendu, valeur) => typeof valeur !== "string" || taille(valeur) <= attendu,
  minItems: (attendu, valeur) => !Array.isArray(valeur) || valeur.length >= attendu,
  maxItems: (attendu, valeur) => !Array.isArray(valeur) || valeur.length <= attendu,
  uniqueItems: (attendu, valeur) =>
    !attendu || !Array.isArray(valeur) || new Set(valeur.map((un) => JSON.stringify(un))).size === valeur.length,
  minimum: (attendu, valeur) => typeof valeur !== "number" || valeur >= attendu,
  maximum: (attendu, valeur) => typeof valeur !== "number" || valeur <= attendu,
  anyOf: (attendu, valeur) => attendu.some((/** @type {Noeud} */ un) => convient(un, valeur)),
  not: (attendu, valeur) => !convient(attendu, valeur),
};

/** @param {Noeud} noeud @param {any} valeur @returns {boolean} */
const convient = (noeud, valeur) => refus(noeud, valeur, [], "").next().done === true;

/** @param {Noeud} noeud @param {any} trouve @param {Chemin} ou @param {string} regle @returns {Generator<Refus>} */
function* refus(noeud, trouve, ou, regle) {
  const condition = noeud["x-regle"] ?? regle;
  for (const [mot, attendu] of Object.entries(noeud)) {
    if (ACCEPTE[mot] && !ACCEPTE[mot](attendu, trouve, noeud)) {
      yield {
        mot,
        attendu,
        trouve,
        noeud,
        ou,
        manque: "",
        regle: mot === "anyOf" || mot === "not" ? condition : regle,
      };
    }
  }
  if (estGroupe(trouve)) {
    for (const [cle, sous] of Object.entries(noeud.properties ?? {})) {
      if (Object.hasOwn(trouve, cle)) yield* refus(sous, trouve[cle], [...ou, cle], regle);
    }
    for (const manque of noeud.required ?? []) {
      if (!Object.hasOwn(trouve, manque))
        yield { mot: "required", attendu: noeud.required, trouve, noeud, ou, manque, regle };
    }
  }
  if (noeud.items && Array.isArray(trouve)) {
    for (const [i, un] of trouve.entries()) yield* refus(noeud.items, un, [...ou, i], regle);
  }
  for (const un of noeud.allOf ?? []) yield* refus(un, trouve, ou, condition);
  if (noeud.if && noeud.then && convient(noeud.if, trouve)) yield* refus(noeud.then, trouve, ou, condition);
}

// Ce que l’on en dit -------------------------------------------------------------------------------------------------

/** @param {Refus} refus @returns {Constat[]} */
function dit(refus) {
  const { mot, trouve, ou, manque, regle } = refus;
  if (mot === "enum" && trouve !== null && typeof trouve === "object") return [];
  const [code, valeurs = {}, plus = {}] = regle ? [regle] : (MOTS[mot]?.(refus) ?? ["regle-du-schema"]);
  const simple = typeof trouve === "string" || (typeof trouve === "number" && !regle);
  return [
    constat(
      manque ? [...ou, manque] : ou,
      code,
      { cle: nomDe(ou) || "la fiche", valeur: enTexte(trouve), ...valeurs },
      { place: simple && mot !== "required" ? placeDe(ou) : placeDeCle(ou), ...plus },
    ),
  ];
}

/** @param {any} valeur @returns {string} */
const enTexte = (valeur) =>
  typeof valeur === "string"
    ? valeur
    : Array.isArray(valeur)
      ? "[…]"
      : estGroupe(valeur)
        ? "{…}"
        : JSON.stringify(valeur);

/** Un code, ce qui remplit sa phrase, ce qui peut remplacer la valeur.
 * @typedef {[string, Record<string, string | number>?, {juste?: string}?]} Dit */

/** @type {Record<string, (refus: Refus) => Dit>} */
const MOTS = {
  required: ({ noeud, manque }) => ["cle-manquante", { cle: manque, titre: champ(noeud, manque)?.title ?? manque }],
  enum: choix,
  pattern: motif,
  type: ({ attendu, noeud }) => [`type-${[attendu].flat()[0]}`, { corrige: String(noeud.examples?.[0] ?? "…") }],
  minLength: limite("trop-court"),
  maxLength: limite("trop-long"),
  minItems: limite("liste-trop-courte"),
  maxItems: limite("liste-trop-longue"),
  uniqueItems: limite("liste-en-double"),
  minimum: limite("nombre-trop-petit"),
  maximum: limite("nombre-trop-grand"),
};

/** @param {string} code @returns {(refus: Refus) => Dit} */
function limite(code) {
  return ({ attendu, trouve }) => [
    code,
    {
      limite: attendu,
      taille: typeof trouve === "string" ? taille(trouve) : Array.isArray(trouve) ? trouve.length : trouve,
    },
  ];
}

const TOUS = new Set(["tous", "toutes", "tout", "toutes les thematiques", "tous les themes"]);

/** @param {Refus} refus @returns {Dit} */
function choix({ attendu, trouve, noeud }) {
  const possibles = enumere(attendu, "ou");
  if (TOUS.has(sansAccents(enTexte(trouve)))) return ["choix-tous", { choix: possibles }];
  const proche = choixVoulu(enTexte(trouve), attendu, noeud.enumDescriptions ?? []);
  return proche === undefined
    ? ["choix-inconnu", { choix: possibles }]
    : ["choix-proche", { proche, choix: possibles }, { juste: proche }];
}

/** @param {Refus} refus @returns {Dit} */
function motif({ attendu, trouve, noeud }) {
  const nom = noeud["x-motif"] ?? "";
  if (DATES.has(nom)) {
    if (new RegExp(attendu, "u").test(trouve)) return ["date-impossible"];
    const corrige = dateVoulue(trouve, nom);
    if (corrige) return ["date-a-ecrire", { corrige }, { juste: corrige }];
  } else if (nom === "adresse" && /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+(?:\/[^\s<>"\\]*)?$/u.test(trouve)) {
    const corrige = `https://${trouve}`;
    return ["adresse-sans-https", { corrige }, { juste: corrige }];
  }
  return [`motif-${nom}`, { corrige: noeud.examples?.[0] ?? "…" }];
}
