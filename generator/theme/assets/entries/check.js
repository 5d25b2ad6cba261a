// Vérifier une fiche avant de l’envoyer : les règles, les codes et les phrases de la vérification du dépôt, pour ce
// qu’un formulaire peut écrire.
// @ts-check
import { aDefaut } from "../shared/failures.js";
import { phrases } from "./sentences.js";
import { checkBetweenFiles, checkTwinFiles } from "./between_files.js";
import { checkEntry } from "./one_file.js";
import { checkAddresses } from "./privacy.js";
import { checkPlaces } from "./places.js";
import { checkSchema } from "./breaches.js";
import { checkTexts } from "./rules.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./problem.js").Chemin} Chemin */
/** @typedef {import("./tools.js").Outils} Outils */
/** @typedef {import("./sentences.js").Probleme} Probleme */

/** Ce qui ne va pas, dans l’ordre des champs du schéma ; une liste vide quand tout va bien. Un champ peut avoir plusieurs
 * problèmes. Les territoires et l’annuaire se chargent au premier besoin ; sans réseau, leurs règles se taisent, et la
 * vérification du dépôt les dira.
 * @param {import("./answers.js").Donnees} donnees celles d’`imbrique` puis de `reouvre` @param {Outils} outils
 * @param {string} [soi] l’identifiant de la fiche que l’on corrige : elle n’est pas en double d’elle-même
 * @returns {Promise<Probleme[]>} */
export async function verifie(donnees, outils, soi = "") {
  const [lieux, cops] = await Promise.all([
    outils.lieux().catch(aDefaut(undefined)),
    outils.cops().catch(aDefaut(undefined)),
  ]);
  const trouves = [...checkTexts(donnees, outils.regles), ...checkEntry(donnees, outils)];
  for await (const un of checkAddresses(donnees, outils, lieux)) trouves.push(un);
  if (lieux) trouves.push(...checkPlaces(donnees, lieux, outils.regles));
  if (cops) trouves.push(...checkBetweenFiles(donnees, outils, cops, soi));
  trouves.push(...checkTwinFiles(donnees, outils, soi));
  const gardes = garde([...checkSchema(donnees, outils), ...trouves], outils.problemes);
  return enOrdre(gardes, outils).map((un) => phrases(un, outils.problemes));
}

/** La cause avant la conséquence : d’une même place, une erreur tait ce qui est d’un plus grand rang au catalogue ; le rang 0
 * se dit toujours, comme dans generator/problems/causes.py.
 * @param {Constat[]} constats @param {Record<string, import("./tools.js").Phrase>} problemes @returns {Constat[]} */
function garde(constats, problemes) {
  /** @type {Map<string, number>} */
  const premiers = new Map();
  for (const { place, code } of constats) {
    const { gravite, rang } = problemes[code] ?? problemes["regle-du-schema"];
    if (rang && gravite === "erreur") premiers.set(place, Math.min(rang, premiers.get(place) ?? rang));
  }
  return constats.filter(({ place, code }) => (problemes[code]?.rang ?? 0) <= (premiers.get(place) ?? Infinity));
}

/** Dans l’ordre des champs, chaque chose une fois. @param {Constat[]} constats @param {Outils} outils @returns {Constat[]} */
function enOrdre(constats, { schema }) {
  const uniques = new Map(constats.map((un) => [JSON.stringify([un.ou, un.code, un.valeurs]), un]));
  const ranges = [...uniques.values()].map((un) => ({ un, place: placeAuSchema(un.ou, schema) }));
  return ranges.sort((a, b) => (a.place < b.place ? -1 : Number(a.place > b.place))).map(({ un }) => un);
}

/** Les rangs d’un chemin dans le schéma, en un texte qui se compare. @param {Chemin} ou
 * @param {import("./schema.js").Noeud | undefined} noeud @returns {string} */
const placeAuSchema = (ou, noeud) =>
  ou
    .map((pas) => {
      const rang = typeof pas === "number" ? pas : Object.keys(noeud?.properties ?? {}).indexOf(pas);
      noeud = typeof pas === "number" ? noeud?.items : noeud?.properties?.[pas];
      return String(rang + 1).padStart(5, "0");
    })
    .join(".");
