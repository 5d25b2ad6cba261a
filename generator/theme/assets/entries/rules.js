// Les règles sur les textes, telles que generator/entries/rules.json les énonce et que generator/entries/rules.py les lit.
// @ts-check
import { constat, nomDe, placeDe } from "./problem.js";
import { endroits, tousLesTextes } from "./reading.js";

/** @typedef {import("./problem.js").Chemin} Chemin */
/** @typedef {import("./problem.js").Constat} Constat */
/** Une règle : ses champs sont ceux de la classe `Rule` de Python.
 * @typedef {{code: string, pattern: string, values: Record<string, string | string[][]>, keys?: string[], not_keys?: string[],
 *   file?: boolean, lines?: boolean, not_after?: string, not_before?: string, unless?: string, outside_links?: boolean}} Regle */
/** @typedef {{texts: Regle[], patterns: Record<string, string>, dates: {pattern: string, parts: string[]}[],
 *   telephone: {number: string, broken: string, mobile: string, said: string},
 *   addresses: Record<string, {at?: string, found: string, glued: string, said: string}>,
 *   yaml: Record<string, string>, periods: string[], places: string[], dated: string[], past: string[],
 *   references: Record<string, string>, kinds: Record<string, string[]>,
 *   codes: Record<string, {motif: string, unknown: string}>, words: Record<string, any>}} Regles */

/** D’un texte, les passages dits d’une même règle : au-delà, un texte hostile ne ferait que durer. */
const LE_PLUS = 100;

/** Les textes d’une fiche que leurs règles refusent. @param {any} donnees @param {Regles} regles @returns {Generator<Constat>} */
export function* checkTexts(donnees, regles) {
  for (const regle of regles.texts) {
    for (const [ou, texte] of regle.keys ? endroits(donnees, ...regle.keys) : tousLesTextes(donnees)) {
      if (typeof texte !== "string" || regle.not_keys?.includes(String(ou.at(-1)))) continue;
      let dites = 0;
      for (const trouve of passages(regle, texte, regles)) {
        const debut = regle.keys || regle.file ? trouve.index : 0;
        yield constat(ou, regle.code, mots(regle, trouve, nomDe(ou)), { place: placeDe(ou, debut) });
        dites += 1;
        if (!regle.file || dites === LE_PLUS) break;
      }
    }
  }
}

/** Un motif de la table. @param {string} [motif] @param {string} [signes] @returns {RegExp | undefined} */
const compile = (motif, signes = "") => (motif === undefined ? undefined : new RegExp(motif, `u${signes}`));

/** Les passages d’un texte que la règle refuse. @param {Regle} regle @param {string} texte @param {Regles} regles
 * @returns {Generator<RegExpExecArray>} */
export function* passages(regle, texte, regles) {
  const motif = new RegExp(regle.pattern, regle.lines ? "gmu" : "gu");
  for (let trouve = motif.exec(texte); trouve; trouve = motif.exec(texte)) {
    const [debut, fin] = [trouve.index, motif.lastIndex];
    const excuse =
      compile(regle.not_after)?.test(texte.slice(Math.max(0, debut - 1), debut)) ||
      compile(regle.not_before)?.test(texte.slice(fin, fin + 1)) ||
      compile(regle.unless)?.test(trouve[0]) ||
      (regle.outside_links && dansUnLien(texte, debut, regles));
    if (excuse) motif.lastIndex = debut + 1;
    else yield trouve;
  }
}

/** Un lien commence-t-il avant cette place pour aller jusqu’à elle ? @param {string} texte @param {number} place
 * @param {Regles} regles @returns {boolean} */
export const dansUnLien = (texte, place, regles) =>
  new RegExp(regles.patterns.link, "u").test(texte.slice(Math.max(0, place - 500), place));

/** Ce qui remplit la phrase : d’un passage, c’est son groupe qui compte, s’il en a un.
 * @param {Regle} regle @param {RegExpExecArray} trouve @param {string} cle @returns {Record<string, string>} */
function mots(regle, trouve, cle) {
  const passage = trouve[1] ?? trouve[0];
  const numero = (passage.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  /** @type {Record<string, string>} */
  const connus = { key: cle, match: passage, number: `U+${numero}`, model: `${cle.split(".").at(-1)}: …` };
  const dit = (/** @type {string | string[][]} */ source) =>
    typeof source === "string" ? connus[source] : source.filter(([motif]) => compile(motif)?.test(passage))[0][1];
  return Object.fromEntries(Object.entries(regle.values).map(([nom, source]) => [nom, dit(source)]));
}
