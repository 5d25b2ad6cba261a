// Ce que la recherche trouve. Les pages viennent des index de Pagefind, un par sorte, que lit un seul programme ; les
// territoires, des données de « Ma commune ».
// @ts-check
import { charge, RACINE } from "../shared/data.js";
import { trouveTerritoires } from "./territories.js";

const PAR_SORTE = 5;
const LUES_POUR_UN_CODE = 15;
const REPIT = 150; // millisecondes sans frappe avant de chercher

/** @typedef {import("./territories.js").Trouvaille} Trouvaille */
/** @typedef {{url: string, meta: Record<string, string>, plain_excerpt: string}} Page */

/** Ramène une question aux formes que l’index connaît : celles de `french.typed_otherwise`.
 * @param {string} texte @returns {string} */
export const normalise = (texte) =>
  texte
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replace(/(^|[\s-])(?:c(?!.h)|[djlmnst]|(?:jus|lors|puis|quoi)?qu)['’](?=\S)/g, "$1")
    .replace(/[-/'’]/g, " ")
    .replace(/(^|\s)st(e?)(?=\s|$)/g, "$1saint$2")
    .replace(/\s+/g, " ")
    .trim();

/** Cinq chiffres sont un code : seules comptent les pages qui le portent en entier, pas ses premiers chiffres.
 * @param {string} question @returns {boolean} */
const estCode = (question) => /^\d{5}$/.test(question);

/** @param {string} question @param {{meta: Record<string, string>}} page @returns {boolean} */
const convient = (question, page) => !estCode(question) || (page.meta.aussi ?? "").split(/\s+/).includes(question);

/** @type {Promise<{module: any, sortes: Record<string, string>}> | undefined} */
let ouverts;

/** Ouvre les index une fois ; un échec pourra être retenté. */
export function ouvre() {
  ouverts ??= ouvreTout().catch((erreur) => {
    ouverts = undefined;
    throw erreur;
  });
  return ouverts;
}

async function ouvreTout() {
  const dossier = new URL("pagefind/", RACINE);
  const [module, sortes] = await Promise.all([
    import(new URL("pages/pagefind.js", dossier).href),
    charge("pagefind/sortes.json"),
  ]);
  const reglages = (/** @type {string} */ sorte) => ({ excerptLength: 18, mergeFilter: { sorte } });
  await module.options(reglages("pages"));
  await module.init();
  const autres = Object.keys(sortes).filter((sorte) => sorte !== "pages");
  await Promise.all(autres.map((sorte) => module.mergeIndex(new URL(`${sorte}/`, dossier).pathname, reglages(sorte))));
  return { module, sortes };
}

/** @param {any} module @param {string} question @param {string} sorte @returns {Promise<Trouvaille[]>} */
async function trouvePages(module, question, sorte) {
  const { results } = await module.search(question, { filters: { sorte } });
  // Un code demande de lire plus loin : l’index propose aussi ce qui commence comme lui.
  const lues = results.slice(0, estCode(question) ? LUES_POUR_UN_CODE : PAR_SORTE);
  /** @type {Page[]} */
  const pages = await Promise.all(lues.map((/** @type {any} */ resultat) => resultat.data()));
  return pages
    .filter((page) => convient(question, page))
    .map((page) => ({ url: page.url, titre: page.meta.title, extrait: page.plain_excerpt }));
}

let derniere = 0;

/** @param {string} question @returns {Promise<[string, Trouvaille[]][] | null>} ce qui est trouvé, par sorte, le plus
 *   proche d’abord ; null quand une autre frappe a pris le relais */
export async function trouve(question) {
  const rang = ++derniere;
  const { module, sortes } = await ouvre();
  module.preload(question);
  await new Promise((fin) => setTimeout(fin, REPIT));
  if (rang !== derniere) return null;
  const demandes = Object.entries(sortes).map(
    async ([sorte, titre]) =>
      /** @type {[string, Trouvaille[]]} */ ([titre, await trouvePages(module, question, sorte)]),
  );
  const [[premiere, ...suite], territoires] = await Promise.all([Promise.all(demandes), trouveTerritoires(question)]);
  if (rang !== derniere) return null;
  /** @type {[string, Trouvaille[]][]} */
  const trouvees = [premiere, ["Territoires", territoires], ...suite];
  return trouvees
    .map(([titre, pages]) => /** @type {[string, Trouvaille[]]} */ ([titre, pages.slice(0, PAR_SORTE)]))
    .filter(([, pages]) => pages.length > 0);
}
