// Les mots d’une question, tels que l’index les connaît : ceux de `pages/frame/record.py`, et ce qui se cherche avec chacun.
// @ts-check
import { charge, plie, slug } from "../shared/data.js";

const LE_PLUS = 24; // mots lus d’une question : le plus long nom d’une COP y tient
const RACINE = 6; // lettres au moins de ce qui reste d’un mot sans sa terminaison

/** Un mot de l’index se cherche entier, ou par son début ; ou c’est l’adresse de la page d’un lieu.
 * @typedef {{debut: string, entier: boolean, adresse?: boolean}} Forme */
/** `dits` : les mots tels qu’ils sont tapés ; `forts` : sans ceux que portent toutes les COP ou trop de lieux.
 * @typedef {{mots: string[], dits: Map<string, string>, forts: string[]}} Question */

/** Ce qui s’ajoute à une racine : « alimentaire » et « alimentation » ont la même. */
const TERMINAISONS = "aire ateur atif ation ative atrice ement ie if ique ite ive ne".split(" ");

const donnees = () => charge(new URL("words.json", import.meta.url).href);

/** @param {string} texte @returns {Promise<Question>} */
export async function lis(texte) {
  const { vides, neutres, frequents } = await donnees();
  const tous = plie(texte)
    .split(" ")
    .filter((mot) => mot.length > 1 && !vides.includes(mot));
  const mots = [...new Set(tous)].slice(0, LE_PLUS);
  const forts = mots.filter((mot) => !neutres.includes(mot) && !frequents.includes(mot));
  const dits = new Map(texte.split(/[^\p{L}\p{N}]+/u).map((dit) => [plie(dit), dit]));
  return { mots, dits, forts: forts.length ? forts : mots };
}

/** Ce qu’il reste d’un texte plié sans les mots qui ne nomment rien, devant : « mairie d allaire » devient « allaire ».
 * @param {string} texte @returns {Promise<string>} */
export async function sansNeutres(texte) {
  const { vides, neutres } = await donnees();
  const mots = texte.split(" ");
  const debut = mots.findIndex((mot) => mot.length > 1 && !vides.includes(mot) && !neutres.includes(mot));
  return mots.slice(Math.max(debut, 0)).join(" ");
}

/** Le mot, au singulier et au pluriel. @param {string} mot @returns {Forme[]} */
export function formes(mot) {
  const simple = mot.length > 3 ? mot.replace(/[sx]$/, "") : mot;
  const pluriel = /\d$/.test(mot) ? mot : `${simple}${/[ae]u$/.test(simple) ? "x" : "s"}`;
  return [...new Set([mot, simple, pluriel])].map((debut) => ({ debut, entier: true }));
}

/** Les mots qui commencent comme sa racine. @param {string} mot @param {(terminaison: string, reste: string) => boolean} finit
 * @returns {Forme[]} */
function racine(mot, finit) {
  const simple = mot.replace(/[sx]$/, "");
  for (let fin = RACINE; fin < simple.length; fin++) {
    const reste = simple.slice(fin);
    if (TERMINAISONS.some((terminaison) => finit(terminaison, reste)))
      return [{ debut: simple.slice(0, fin), entier: false }];
  }
  return [];
}

/** Les mots de la famille d’un mot entier : « coopératif » pour « coopération ». @param {string} mot @returns {Forme[]} */
export const famille = (mot) => racine(mot, (terminaison, reste) => terminaison === reste);

/** Pour qui n’a pas fini d’écrire : « alimentati » trouve tout ce que trouvera « alimentation ». Un code en entier n’est le
 * début d’aucun autre. @param {string} mot @returns {Forme[]} */
export const commences = (mot) =>
  /^\d{5}/.test(mot)
    ? []
    : [{ debut: mot, entier: false }, ...racine(mot, (terminaison, reste) => terminaison.startsWith(reste))];

/** Ce qui est d’un lieu. @param {string} adresse de sa page, depuis la racine @returns {Forme} */
export const duLieu = (adresse) => ({ debut: slug(adresse).replaceAll("-", ""), entier: true, adresse: true });

/** La forme telle que l’écrit l’index. @param {Forme} forme @returns {Promise<string>} */
export async function ecris({ debut, entier, adresse }) {
  const { signes, lettres, fin, page } = await donnees();
  return `${adresse ? page : ""}${debut.replace(/./g, (signe) => lettres[signes.indexOf(signe)])}${entier ? fin : ""}`;
}
