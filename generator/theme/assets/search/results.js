// Ce qui répond à une question : les communes et les territoires, puis les pages par sorte, chacune avec son vrai nombre.
// @ts-check
import { cherche, ouvre } from "./indexes.js";
import { trouveLieux } from "./territories.js";
import { charge, RACINE } from "../shared/data.js";
import { commences, duLieu, famille, formes, lis } from "./words.js";

/** @typedef {{url: string, titre: string, lieu: string, extrait: string}} Trouvaille */
/** `ids` : les numéros des pages dans leur index. @typedef {{sorte: string, titre: string, total: number, ids: string[],
 *   lis: (debut: number, nombre: number) => Promise<Trouvaille[]>}} Groupe */
/** `ont` : les mots qu’ont les pages trouvées, quand aucune ne les a tous ; `tous` : chacune a tous ceux-là.
 * @typedef {{groupes: Groupe[], total: number, ont: string[], tous: boolean}} Reponse */
/** @typedef {import("./indexes.js").Pages} Pages */

export { ouvre };

/** @param {Pages} pages */
const combien = (pages) => [...pages.values()].reduce((n, sorte) => n + sorte.size, 0);

/** Ce que chaque mot a trouvé, tant que les index restent ouverts : en tapant, seul le dernier change.
 * @type {WeakMap<object, Map<string, Promise<Pages>>>} */
const connus = new WeakMap();

/** @param {string} mot @returns {Promise<Pages>} */
async function trouveMot(mot) {
  const ouverts = await ouvre();
  const deja = connus.get(ouverts) ?? new Map();
  connus.set(ouverts, deja);
  if (!deja.has(mot)) deja.set(mot, demande(mot));
  return deja.get(mot);
}

/** Ce que trouve un mot : lui et sa famille ; ceux qu’il commence, s’il n’est pas un mot entier.
 * @param {string} mot @returns {Promise<Pages>} */
async function demande(mot) {
  const [entiers, parents] = await Promise.all([cherche(formes(mot)), cherche(famille(mot))]);
  const suites = combien(entiers) ? new Map() : await cherche(commences(mot));
  for (const [sorte, trouvees] of entiers) {
    for (const autres of [parents.get(sorte), suites.get(sorte)]) {
      for (const [id, page] of autres ?? []) if (!trouvees.has(id)) trouvees.set(id, page);
    }
  }
  return entiers;
}

/** Les pages d’une sorte : celles du lieu nommé d’abord, puis celles qui ont tous les mots, puis les plus proches.
 * @param {string} sorte @param {Pages[]} parMot @param {boolean[]} voulus les mots dont une page ne peut se passer
 * @param {boolean} unSuffit @param {Pages} dIci celles du lieu nommé */
function range(sorte, parMot, voulus, unSuffit, dIci) {
  const listes = parMot.map((pages) => pages.get(sorte) ?? new Map());
  const ids = new Set(listes.flatMap((liste, i) => (voulus[i] ? [...liste.keys()] : [])));
  return [...ids]
    .map((id) => {
      const siennes = listes.map((liste) => liste.get(id));
      return {
        id,
        page: /** @type {import("./indexes.js").Trouvee} */ (siennes.find(Boolean)),
        ici: Number(dIci.get(sorte)?.has(id)),
        mots: siennes.filter(Boolean).length,
        complete: siennes.every((page, i) => page || !voulus[i]),
        score: siennes.reduce((somme, page) => somme + (page?.score ?? 0), 0),
      };
    })
    .filter(({ complete }) => unSuffit || complete)
    .sort((a, b) => b.ici - a.ici || b.mots - a.mots || b.score - a.score);
}

/** @param {{page: import("./indexes.js").Trouvee}} rangee @returns {Promise<Trouvaille>} */
async function montre({ page }) {
  const { url, meta } = await page.lis();
  return { url, titre: meta.title, lieu: meta.lieu ?? "", extrait: meta.resume };
}

/** @param {string} texte @returns {Promise<Reponse>} */
export async function trouve(texte) {
  const question = await lis(texte);
  const [lieux, { sortes }, parMot] = await Promise.all([
    trouveLieux(texte),
    ouvre(),
    Promise.all(question.mots.map(trouveMot)),
  ]);
  const exacts = lieux.trouves.filter(({ exact }) => exact).map(({ url }) => duLieu(url.slice(RACINE.length)));
  const dIci = await cherche(exacts);
  const voulus = question.mots.map((mot) => question.forts.includes(mot));
  const rangees = (/** @type {boolean} */ unSuffit) =>
    Object.keys(sortes).map((sorte) => range(sorte, parMot, voulus, unSuffit, dIci));
  let listes = rangees(false);
  const tous = listes.some((liste) => liste.length > 0);
  // Une question qui nomme un lieu n’est pas une liste de mots : « Saint-Malo » sans COP n’appelle pas tous les saints.
  if (!tous && !lieux.nomme) listes = rangees(true);
  /** @type {Groupe[]} */
  const groupes = Object.entries(sortes).map(([sorte, titre], i) => ({
    sorte,
    titre,
    total: listes[i].length,
    ids: listes[i].map(({ id }) => id),
    lis: (debut, nombre) => Promise.all(listes[i].slice(debut, debut + nombre).map(montre)),
  }));
  groupes.unshift({
    sorte: "lieux",
    titre: "Communes et territoires",
    total: lieux.trouves.length,
    ids: [],
    lis: async (debut, nombre) => lieux.trouves.slice(debut, debut + nombre),
  });
  const complete = lieux.nomme || listes.some((liste) => liste.some(({ mots }) => mots === question.mots.length));
  const ont = tous ? question.forts : question.mots.filter((_, i) => voulus[i] && combien(parMot[i]) > 0);
  const trouvees = groupes.filter(({ total }) => total > 0);
  return {
    groupes: trouvees,
    total: trouvees.reduce((n, { total }) => n + total, 0),
    ont: complete ? [] : ont.map((mot) => question.dits.get(mot) ?? mot),
    tous,
  };
}

/** Les COP que trouve une question, la plus proche d’abord, et les mots qu’elles ont quand aucune page ne les a tous.
 * @param {string} texte @returns {Promise<{cops: string[], ont: string[], tous: boolean}>} `cops` : les identifiants des fiches */
export async function trouveCops(texte) {
  const [{ groupes, ont, tous }, adresses] = await Promise.all([trouve(texte), charge("pagefind/cops/adresses.json")]);
  const ids = groupes.find(({ sorte }) => sorte === "cops")?.ids ?? [];
  return { cops: ids.map((id) => adresses[id]), ont, tous };
}
