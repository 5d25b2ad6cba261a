// Du texte collé, ou d’un fichier .csv, aux lignes et aux cellules : comme generator/edits/importing/workbooks.py.
// @ts-check
import { foldTitle } from "./headings.js";

/** @typedef {import("./headings.js").Savoir} Savoir */
/** @typedef {{titres: string[], lignes: {numero: number, cellules: string[]}[], numero: number, signe: string, ditSep: boolean}} Tableau
 *   `numero` : celui de la ligne des titres, comme le tableur la compte */

/** Ce que la page lit au plus : au-delà, un tableau demande une relecture que la commande fait mieux. */
const LIGNES_MAX = 200;
export const OCTETS_MAX = 2_000_000;
const COLONNES_MAX = 300;
const CELLULE_MAX = 32_767;

/** Ce que la page refuse de lire, en une phrase pour la personne. */
export class Illisible extends Error {}

/** @param {string} texte @param {Savoir} savoir @returns {Tableau} */
export function lisTableau(texte, savoir) {
  if (texte.length > OCTETS_MAX) throw new Illisible("C’est trop long pour cette page.");
  if (texte.includes("\0")) throw new Illisible("Ce n’est pas un texte.");
  const nu = texte.replace(/^\ufeff/, "");
  const dit = new RegExp(savoir.regles.separator, "iu").exec(nu);
  const corps = dit ? nu.slice(dit[0].length) : nu;
  const signe = dit ? dit[1] : devine(corps, savoir);
  const rangs = decoupe(corps, signe);
  while (rangs.length && !remplie(rangs[rangs.length - 1])) rangs.pop();
  const { place } = trouveLesTitres(rangs, savoir);
  const titres = rangs[place] ?? [];
  if (!remplie(titres)) throw new Illisible("C’est vide. Une ligne doit porter le titre des colonnes.");
  const lignes = rangs
    .map((cellules, rang) => ({ numero: rang + 1, cellules }))
    .filter(({ numero, cellules }) => numero > place + 1 && remplie(cellules));
  if (!lignes.length)
    throw new Illisible("Il n’y a qu’une ligne. La première porte les titres, chaque suivante une COP.");
  if (lignes.length > LIGNES_MAX) throw new Illisible(`Il y a plus de ${LIGNES_MAX} lignes.`);
  if (rangs.some((une) => une.length > COLONNES_MAX)) throw new Illisible(`Il y a plus de ${COLONNES_MAX} colonnes.`);
  const longue = rangs.findIndex((une) => une.some((cellule) => cellule.length > CELLULE_MAX));
  if (longue >= 0)
    throw new Illisible(
      `Une cellule de la ligne ${longue + 1} est trop longue : un guillemet n’est peut-être jamais refermé.`,
    );
  return { titres, lignes, numero: place + 1, signe, ditSep: Boolean(dit) };
}

/** @param {string[]} cellules */
const remplie = (cellules) => cellules.some((cellule) => cellule.trim() !== "");

/** La ligne qui porte le plus de titres connus, de 0 ; à défaut, la première qui dit quelque chose.
 * @param {string[][]} rangs @param {Savoir} savoir @returns {{place: number, connus: number}} */
function trouveLesTitres(rangs, { titres, dessus }) {
  const notes = rangs
    .slice(0, dessus)
    .map((cellules) => new Set(cellules.map(foldTitle).filter((mot) => Object.hasOwn(titres, mot))).size);
  const connus = Math.max(0, ...notes);
  return { place: connus ? notes.indexOf(connus) : Math.max(0, rangs.findIndex(remplie)), connus };
}

/** Le signe qui sépare le plus de titres connus ; sans titre connu, le plus de cellules. @param {string} texte @param {Savoir} savoir */
function devine(texte, savoir) {
  const notes = [",", ";", "\t", "|"].map((signe) => {
    try {
      const haut = decoupe(texte, signe, savoir.dessus);
      return { signe, connus: trouveLesTitres(haut, savoir).connus, cellules: haut[0]?.length ?? 0 };
    } catch {
      return { signe, connus: -1, cellules: 0 };
    }
  });
  return notes.sort((a, b) => b.connus - a.connus || b.cellules - a.cellules)[0].signe;
}

/** Les cellules de chaque ligne. Une cellule entre guillemets peut tenir le signe et des retours à la ligne ; un tableur qui copie
 * laisse tel quel un guillemet qui n’entoure rien.
 * @param {string} texte @param {string} signe @param {number} [assez] lignes @returns {string[][]} */
export function decoupe(texte, signe, assez = Infinity) {
  const colle = signe === "\t" && texte.includes(signe);
  /** @type {string[][]} */
  const rangs = [];
  /** @type {string[]} */
  let rang = [];
  const fin = new RegExp(`[${signe}\r\n]`, "gu");
  for (let place = 0; place < texte.length && rangs.length < assez;) {
    const cite = texte[place] === '"' ? entreGuillemets(texte, place, signe) : undefined;
    if (cite === null && !colle) throw new Illisible("Un guillemet n’est pas refermé, ou touche un autre signe.");
    fin.lastIndex = place;
    const bout = cite ? cite.bout : (fin.exec(texte)?.index ?? texte.length);
    rang.push(cite ? cite.valeur : texte.slice(place, bout));
    place = bout + 1;
    if (texte[bout] === signe) {
      if (place === texte.length) rang.push("");
      else continue;
    }
    if (texte[bout] === "\r" && texte[place] === "\n") place += 1;
    rangs.push(rang);
    rang = [];
  }
  return rangs;
}

/** La cellule qui s’ouvre ici, et où elle finit ; rien quand son guillemet n’est pas refermé devant un signe.
 * @param {string} texte @param {number} debut @param {string} signe @returns {{valeur: string, bout: number} | null} */
function entreGuillemets(texte, debut, signe) {
  let valeur = "";
  for (let place = debut + 1; ;) {
    const guillemet = texte.indexOf('"', place);
    if (guillemet < 0) return null;
    valeur += texte.slice(place, guillemet);
    const apres = texte[guillemet + 1];
    if (apres !== '"')
      return apres === undefined || `${signe}\r\n`.includes(apres) ? { valeur, bout: guillemet + 1 } : null;
    valeur += '"';
    place = guillemet + 2;
  }
}
