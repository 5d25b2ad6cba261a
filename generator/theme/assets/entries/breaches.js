// Ce que l’on dit de chaque faute contre le schéma : les mêmes phrases que generator/entries/schemas/breaches.py. Les groupes
// pris pour des textes n’y sont pas : un formulaire ne peut pas en écrire.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { adressesVoulues, choixVoulu, DATES, dateVoulue, finVoulue, sansMobiles, telephonesVoulus } from "./guesses.js";
import { constat, enumere, nomDe, placeDe, placeDeCle } from "./problem.js";
import { estGroupe } from "./reading.js";
import { refus, taille } from "./reasons.js";
import { choixDe, ecrite, noeud as noeudDe, typesDe } from "./schema.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./reasons.js").Refus} Refus */
/** @typedef {import("./tools.js").Outils & {donnees?: any}} Outils de quoi vérifier, et la fiche entière */

/** Les fautes contre le schéma. @param {any} donnees @param {Outils} outils @returns {Constat[]} */
export const checkSchema = (donnees, outils) =>
  [...refus(outils.schema, donnees)].flatMap((un) => dit(un, { ...outils, donnees }));

/** @param {Refus} refus @param {Outils} outils @returns {Constat[]} */
function dit(refus, outils) {
  const { mot, trouve, ou, manque } = refus;
  const regle = Object.hasOwn(outils.problemes, refus.regle) ? refus.regle : "";
  const complexe = trouve !== null && typeof trouve === "object";
  // D’un choix, la liste des choix en dit plus que son type ; d’un groupe, son type.
  if (complexe ? ["enum", "const"].includes(mot) : mot === "type" && refus.noeud.enum) return [];
  const [code, valeurs = {}, plus = {}] = regle
    ? [regle]
    : (MOTS[manque ? "required" : mot]?.(refus, outils) ?? ["regle-du-schema"]);
  const simple = typeof trouve === "string" || (typeof trouve === "number" && !regle);
  const place = simple && !manque ? placeDe(ou) : placeDeCle(ou);
  const connues = { cle: nomDe(ou) || "la fiche", valeur: enTexte(trouve), ...valeurs };
  return [constat(manque ? [...ou, manque] : ou, code, connues, { place, ...plus })];
}

/** @param {any} valeur @returns {string} */
function enTexte(valeur) {
  return Array.isArray(valeur) ? "[…]" : estGroupe(valeur) ? "{…}" : ecrite(valeur);
}

/** Un code, ce qui remplit sa phrase, ce qui peut remplacer la valeur.
 * @typedef {[string, Record<string, string | number>?, {juste?: string}?]} Dit */

/** @type {Record<string, (refus: Refus, outils: Outils) => Dit>} */
const MOTS = {
  required: ({ ou, manque }, { schema }) => ["cle-manquante", { cle: manque, titre: titreDe(schema, ou, manque) }],
  enum: choix,
  const: (refus, outils) => choix({ ...refus, attendu: [refus.attendu] }, outils),
  pattern: motif,
  type: genre,
  minLength: limite("trop-court"),
  maxLength: limite("trop-long"),
  minItems: limite("liste-trop-courte"),
  maxItems: limite("liste-trop-longue"),
  uniqueItems: limite("liste-en-double"),
  minimum: limite("nombre-trop-petit"),
  maximum: limite("nombre-trop-grand"),
};

/** Une condition demande une clé sans redire comment elle s’appelle. @param {import("./schema.js").Noeud} schema
 * @param {import("./problem.js").Chemin} ou @param {string} cle @returns {string} */
const titreDe = (schema, ou, cle) => noeudDe(schema, [...ou, cle].join("."))?.title ?? cle;

/** @type {Record<string, string>} */
const TYPES = { integer: "type-integer", number: "motif-nombre" };

/** @param {Refus} refus @param {Outils} outils @returns {Dit} */
function genre(refus, outils) {
  const { noms } = typesDe({ type: refus.attendu });
  if (noms.length === 1 && noms[0] === "boolean") return choix({ ...refus, attendu: ["oui", "non"] }, outils);
  const code = noms.map((nom) => TYPES[nom]).find(Boolean) ?? `type-${noms[0]}`;
  return [code, { corrige: String(refus.noeud.examples?.[0] ?? "…") }];
}

/** @param {string} code @returns {(refus: Refus) => Dit} */
function limite(code) {
  return ({ attendu, trouve }) => {
    const mesure = typeof trouve === "string" ? taille(trouve) : Array.isArray(trouve) ? trouve.length : trouve;
    return [code, { limite: attendu, taille: mesure }];
  };
}

/** @param {Refus} refus @param {Outils} outils @returns {Dit} */
function choix({ attendu, trouve, ou }, outils) {
  const choix = attendu.filter((/** @type {any} */ un) => un !== null).map(ecrite);
  const possibles = enumere(choix, "ou");
  if (outils.regles.words.everything.includes(sansAccents(enTexte(trouve))))
    return ["choix-tous", { choix: possibles }];
  const dits = choixDe(noeudDe(outils.schema, ou.join(".")));
  const proche = choixVoulu(
    enTexte(trouve),
    choix,
    choix.map((/** @type {string} */ un) => dits.get(un) ?? un),
    outils,
  );
  return proche === undefined
    ? ["choix-inconnu", { choix: possibles }]
    : ["choix-proche", { proche, choix: possibles }, { juste: proche }];
}

/** Le texte d’une autre clé du même groupe. @param {any} donnees @param {import("./problem.js").Chemin} ou @param {string} cle @returns {string} */
function aCote(donnees, ou, cle) {
  const groupe = ou.slice(0, -1).reduce((ici, pas) => ici?.[pas], donnees);
  return typeof groupe?.[cle] === "string" ? groupe[cle] : "";
}

/** @param {Refus} refus @param {Outils} outils @returns {Dit} */
function motif({ attendu, trouve, noeud, ou }, outils) {
  const nom = noeud["x-motif"] ?? "";
  if (DATES.has(nom) && new RegExp(attendu, "u").test(trouve)) return ["date-impossible"];
  const date = DATES.has(nom) ? dateVoulue(trouve, nom, outils) : undefined;
  if (date && !date.existe) return ["date-impossible"];
  if (date?.jour) return ["jour-de-semaine", { jour: date.jour, corrige: date.texte }];
  if (date) return ["date-a-ecrire", { corrige: date.texte }, { juste: date.texte }];
  const debut = nom === "moment" && ou.at(-1) !== "debut" ? aCote(outils.donnees, ou, "debut") : "";
  const { fin, suit } = finVoulue(trouve, debut, outils);
  if (fin) return ["heure-sans-jour", { corrige: fin }, suit ? { juste: fin } : {}];
  const { numeros, seuls } = nom === "telephone" ? telephonesVoulus(trouve, outils) : { numeros: [], seuls: false };
  if (numeros.length === 1 && seuls) return ["telephone-a-ecrire", { corrige: numeros[0] }, { juste: numeros[0] }];
  if (numeros.length) return ["telephone-a-choisir", { corrige: enumere(sansMobiles(numeros, outils), "ou") }];
  const trouvees = adressesVoulues(trouve, nom, outils);
  const adresses = trouvees.adresses.filter((une) => new RegExp(attendu, "u").test(une));
  if (adresses.length === 1 && trouvees.seules)
    return [`${nom}-a-ecrire`, { corrige: adresses[0] }, { juste: adresses[0] }];
  // Une adresse de page qui tient une espace serait coupée.
  if (adresses.length && (trouvees.seules || nom === "courriel"))
    return [`${nom}-a-choisir`, { corrige: enumere(adresses, "ou") }];
  if (nom === "adresse" && new RegExp(outils.regles.patterns.bare_address, "u").test(trouve)) {
    const corrige = `https://${trouve}`;
    return ["adresse-sans-https", { corrige }, { juste: corrige }];
  }
  return [`motif-${nom}`, { corrige: noeud.examples?.[0] ?? "…" }];
}
