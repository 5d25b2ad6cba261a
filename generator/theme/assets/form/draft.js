// Le brouillon : les réponses restent dans ce navigateur jusqu’à l’envoi, et rien n’en sort.
// @ts-check
import { aplatit } from "../entries/answers.js";

/** @typedef {[string, string][]} Couples les réponses : le chemin de la clé, la valeur */
/** @typedef {{quand: string, base: Record<string, any>, couples: Couples}} Brouillon
 *   base : la fiche publiée d’où il part, vide pour une nouvelle */

/** Où le navigateur le garde. @param {string} nom vide pour une COP nouvelle ; voir works.js */
export const cle = (nom) => `cop-brouillon:${nom}`;

/** @param {string} nom @returns {Brouillon | null} null aussi quand le navigateur n’en garde pas, ou qu’il est abîmé */
export function reprend(nom) {
  try {
    const lu = JSON.parse(localStorage.getItem(cle(nom)) ?? "null");
    const entier =
      Array.isArray(lu?.couples) &&
      lu.couples.every(
        (/** @type {unknown} */ c) => Array.isArray(c) && c.length === 2 && c.every((mot) => typeof mot === "string"),
      ) &&
      typeof lu.base === "object" &&
      lu.base !== null &&
      Number.isFinite(Date.parse(lu.quand));
    return entier ? lu : null;
  } catch {
    return null;
  }
}

/** @param {string} nom @param {Couples} couples @param {Record<string, any>} base @returns {boolean} faux si le navigateur refuse */
export function garde(nom, couples, base) {
  try {
    localStorage.setItem(cle(nom), JSON.stringify({ quand: new Date().toISOString(), base, couples }));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} nom */
export function efface(nom) {
  try {
    localStorage.removeItem(cle(nom));
  } catch {
    /* rien n’était gardé */
  }
}

/** Les réponses du brouillon, posées sur la fiche telle qu’elle est publiée aujourd’hui : une question que la personne n’avait
 * pas touchée suit la fiche, une ligne de liste retrouve la sienne, où qu’elle soit passée, et celles que d’autres ont ajoutées
 * viennent après.
 * @param {Brouillon} brouillon @param {Record<string, any>} publiee @returns {Couples} */
export function suit({ base, couples }, publiee) {
  const avant = aplatit(base),
    apres = aplatit(publiee);
  const cles = new Set([...couples, ...apres].map(([nom]) => nom.split(".")[0]));
  return [...cles].flatMap((une) => {
    const siens = reponses(couples, une);
    const publiees = reponses(apres, une);
    if (texte(siens) === texte(reponses(avant, une))) return publiees;
    const suivies = siens.map(
      ([nom, valeur]) =>
        /** @type {Couples[number]} */ ([
          nom,
          nom.endsWith("._origine") ? rang(base[une], publiee[une], valeur) : valeur,
        ]),
    );
    return [
      ...suivies,
      ...decale(publiees, ajoutees(base[une], publiee[une]), 1 + Math.max(-1, ...siens.map(([nom]) => rangDe(nom)))),
    ];
  });
}

/** Le numéro de sa ligne, -1 hors d’une liste de groupes. @param {string} nom */
const rangDe = (nom) => Number(/^\w+\.(\d+)\./.exec(nom)?.[1] ?? -1);

/** Les rangs des éléments que la fiche n’avait pas. @param {any} avant @param {any} apres @returns {number[]} */
function ajoutees(avant, apres) {
  if (!Array.isArray(apres)) return [];
  const connus = (Array.isArray(avant) ? avant : []).map((_, i) => rang(avant, apres, String(i)));
  return [...apres.keys()].filter((i) => typeof apres[i] === "object" && !connus.includes(String(i)));
}

/** Les réponses de ces rangs, numérotées à partir d’un autre. @param {Couples} couples @param {number[]} rangs @param {number} debut
 * @returns {Couples} */
const decale = (couples, rangs, debut) =>
  couples
    .filter(([nom]) => rangs.includes(rangDe(nom)))
    .map(([nom, valeur]) => [nom.replace(/\d+/, String(debut + rangs.indexOf(rangDe(nom)))), valeur]);

/** Ce qui a été répondu sous une clé. @param {Couples} couples @param {string} une @returns {Couples} */
const reponses = (couples, une) => couples.filter(([nom, valeur]) => valeur !== "" && nom.split(".")[0] === une);

/** De quoi comparer : des cases n’ont pas d’ordre, et une liste de mots compte ses lignes ou non. @param {Couples} couples */
const texte = (couples) =>
  JSON.stringify(couples.map(([nom, valeur]) => [nom.replace(/\.\d+$/, ""), valeur.trim()]).sort());

/** Le nouveau rang d’un élément : le même, sinon celui qui porte son identifiant ; vide s’il a disparu.
 * @param {any} avant @param {any} apres @param {string} ancien @returns {string} */
function rang(avant, apres, ancien) {
  const element = Array.isArray(avant) ? avant[Number(ancien)] : undefined;
  if (!element || !Array.isArray(apres)) return "";
  const pareil = apres.findIndex((un) => JSON.stringify(un) === JSON.stringify(element));
  const trouve = pareil >= 0 ? pareil : apres.findIndex((un) => element.id && un.id === element.id);
  return trouve >= 0 ? String(trouve) : "";
}
