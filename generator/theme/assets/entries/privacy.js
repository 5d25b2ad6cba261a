// Les données personnelles restent dehors : ce qui est publié ne peut plus être repris. Les règles de
// generator/checks/privacy.py, appliquées à chaque texte.
// @ts-check
import { sansAccents } from "../donnees.js";
import { constat, placeDe, texteDe, tousLesTextes } from "./problem.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./problem.js").Chemin} Chemin */
/** @typedef {import("./tools.js").Outils} Outils */
/** @typedef {import("./lieux.js").Lieux} Lieux */

const VIDE = "[ .\\u00a0\\u202f-]?";
// Des chiffres par deux, et pas une date : « 06-07-2026 18 h ».
const PORTABLE = new RegExp(
  `(?<![\\d+-])(?:0|(?:\\+|00)33${VIDE}(?:\\(0\\)${VIDE})?)[67]` +
    `(?![ ./-]\\d\\d[ ./-](?:19|20)\\d\\d(?!\\d))(?:${VIDE}\\d\\d){4}(?!\\d)`,
  "g",
);
const PERSONNE = new RegExp(
  "(?<![\\p{L}\\p{N}_])M(?:\\.|r|M\\.|mes?|lle|onsieur|adame|ademoiselle)[ \\u00a0\\u202f]+" +
    "(?!(?:Maire|Président|Adjoint|Conseil|Député|Sénat|Préf|Vice|Direct))" +
    "(?:[A-ZÀ-Ý]\\.[ \\-]?)*[A-ZÀ-Ý][\\p{L}\\p{N}_’'\\-]+",
  "gu",
);
const DOMAINE = /@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/g;
const AVANT = /[A-Za-z0-9][\p{L}\p{N}_.+-]*$/u;
const DANS_UN_LIEN = /https?:\/\/\S*$/;

/** @param {any} donnees @param {Outils} outils @param {Lieux | undefined} lieux @returns {AsyncGenerator<Constat>} */
export async function* reglesDesPersonnes(donnees, outils, lieux) {
  for (const [ou, texte] of tousLesTextes(donnees)) {
    for (const trouve of horsDesLiens(PORTABLE, texte)) {
      yield constat(ou, "portable", {}, { place: placeDe(ou, trouve.index) });
    }
    for (const trouve of horsDesLiens(PERSONNE, texte)) {
      yield constat(ou, "nom-de-personne", { valeur: trouve[0] }, { place: placeDe(ou, trouve.index) });
    }
    for (const trouve of horsDesLiens(DOMAINE, texte)) yield* courriel(donnees, ou, trouve, outils, lieux);
  }
}

/** @param {any} donnees @param {Chemin} ou @param {RegExpExecArray} trouve le domaine @param {Outils} outils
 * @param {Lieux | undefined} lieux @returns {AsyncGenerator<Constat>} */
async function* courriel(donnees, ou, trouve, outils, lieux) {
  const avant = AVANT.exec(trouve.input.slice(Math.max(0, trouve.index - 64), trouve.index))?.[0];
  if (!avant) return;
  const code = estUnePersonne(avant, nomsDuLieu(donnees, lieux), outils.motsDeFonction)
    ? "courriel-personnel"
    : outils.messageries.has(trouve[1].toLowerCase())
      ? "courriel-grand-public"
      : "";
  const valeur = `${avant}${trouve[0]}`;
  // L’adresse connue de la mairie ne se demande que pour une adresse douteuse.
  if (!code || valeur.toLowerCase() === (await courrielDeLaMairie(donnees, outils))) return;
  yield constat(ou, code, { valeur }, { place: placeDe(ou, trouve.index - avant.length) });
}

/** @param {any} donnees @param {Outils} outils @returns {Promise<string | undefined>} sans réseau, aucune n’est connue */
async function courrielDeLaMairie(donnees, outils) {
  const mairie = await outils.mairie(texteDe(donnees, "collectivite", "code")).catch(() => undefined);
  return mairie?.courriel?.toLowerCase();
}

/** Plusieurs mots séparés par un point ou un tiret bas, dont aucun n’est une fonction ni un mot du lieu.
 * @param {string} avant @param {string} noms pliés @param {Set<string>} fonctions @returns {boolean} */
function estUnePersonne(avant, noms, fonctions) {
  const mots = avant
    .split(/[._]/)
    .filter((mot) => mot && !/^\d+$/.test(mot))
    .map(sansAccents);
  if (mots.length < 2) return false;
  const connus = new Set(noms.split(" ")),
    colles = noms.replaceAll(" ", "");
  return !mots.some(
    (mot) =>
      mot.split(" ").some((un) => fonctions.has(un)) ||
      /^(?:mairie|commune|accueil|contact|ville)/.test(mot) ||
      connus.has(mot) ||
      (mot.length > 3 && colles.includes(mot)),
  );
}

/** Les noms sous lesquels la collectivité est connue, pliés. @param {any} donnees @param {Lieux | undefined} lieux */
function nomsDuLieu(donnees, lieux) {
  const code = texteDe(donnees, "collectivite", "code");
  const lieu = lieux?.commune(code) ?? lieux?.epci(code) ?? lieux?.departement(code);
  const noms = lieu ? [lieu.nom, ...lieu.autresNoms, ...lieu.anciensNoms] : [];
  return sansAccents([texteDe(donnees, "collectivite", "nom"), ...noms].join(" "));
}

/** Ce qui est trouvé ailleurs que dans un lien : un lien porte de longs nombres et des noms de pages.
 * @param {RegExp} motif @param {string} texte */
const horsDesLiens = (motif, texte) =>
  [...texte.matchAll(motif)].filter(
    (trouve) => !DANS_UN_LIEN.test(texte.slice(Math.max(0, trouve.index - 500), trouve.index)),
  );
