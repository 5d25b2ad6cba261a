// L’adresse d’une personne reste dehors : ce qui est publié ne peut plus être repris. Les règles de
// generator/entries/checks/privacy.py, appliquées à chaque texte.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { aDefaut } from "../shared/failures.js";
import { constat, placeDe } from "./problem.js";
import { texteDe, tousLesTextes } from "./reading.js";
import { dansUnLien } from "./rules.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./tools.js").Outils} Outils */
/** @typedef {import("./territories.js").Lieux} Lieux */

/** @param {any} donnees @param {Outils} outils @param {Lieux | undefined} lieux @returns {AsyncGenerator<Constat>} */
export async function* checkAddresses(donnees, outils, lieux) {
  const { domain, local } = outils.regles.patterns;
  const noms = nomsDuLieu(donnees, lieux);
  for (const [ou, texte] of tousLesTextes(donnees)) {
    for (const { 0: apres, 1: domaine, index } of texte.matchAll(new RegExp(domain, "gu"))) {
      const [avant] = new RegExp(local, "u").exec(texte.slice(Math.max(0, index - 64), index)) ?? [];
      if (!avant || dansUnLien(texte, index, outils.regles)) continue;
      const [code, valeur] = [juge(avant, domaine, noms, outils), avant + apres];
      // L’adresse connue de la mairie ne se demande que pour une adresse douteuse.
      if (!code || valeur.toLowerCase() === (await courrielDeLaMairie(donnees, outils))) continue;
      yield constat(ou, code, { valeur }, { place: placeDe(ou, index - avant.length) });
    }
  }
}

/** Ce que vaut une adresse, vide quand rien n’est à en dire.
 * @param {string} avant @param {string} domaine @param {string} noms pliés @param {Outils} outils @returns {string} */
function juge(avant, domaine, noms, outils) {
  const mots = avant.split(/[._]/).filter((mot) => mot && !/^\d+$/.test(mot));
  if (neNommeRien(mots.map(sansAccents), noms, outils)) return "courriel-personnel";
  // Deux mots séparés par un trait d’union, comme un service peut les écrire aussi.
  const unis = avant.split("-").map(sansAccents);
  const ensemble = sansAccents(domaine).replaceAll(" ", "");
  const ecrite = unis.length === 2 && unis.every((mot) => /^[a-z]{3,}$/.test(mot) && !ensemble.includes(mot));
  if (ecrite && neNommeRien(unis, noms, outils)) return "courriel-a-verifier";
  return outils.regles.words.free_mail.split(" ").includes(domaine.toLowerCase()) ? "courriel-grand-public" : "";
}

/** @param {any} donnees @param {Outils} outils @returns {Promise<string | undefined>} sans réseau, aucune n’est connue */
async function courrielDeLaMairie(donnees, outils) {
  const mairie = await outils.mairie(texteDe(donnees, "collectivite", "code")).catch(aDefaut(undefined));
  return mairie?.courriel?.toLowerCase();
}

/** Plusieurs mots, dont aucun n’est une fonction ni un mot du lieu.
 * @param {string[]} mots @param {string} noms pliés @param {Outils} outils @returns {boolean} */
function neNommeRien(mots, noms, { motsDeFonction, regles }) {
  const services = regles.words.services.split(" ");
  const estConnu = (/** @type {string} */ mot) =>
    mot.split(" ").some((un) => motsDeFonction.has(un)) ||
    services.some((/** @type {string} */ service) => mot.startsWith(service)) ||
    noms.split(" ").includes(mot) ||
    (mot.length > 3 && noms.replaceAll(" ", "").includes(mot));
  return mots.length > 1 && !mots.some(estConnu);
}

/** Les noms sous lesquels la collectivité est connue, pliés. @param {any} donnees @param {Lieux | undefined} lieux */
function nomsDuLieu(donnees, lieux) {
  const code = texteDe(donnees, "collectivite", "code");
  const lieu = lieux?.deCode(code, ["commune", "epci", "departement"]);
  const noms = lieu ? [lieu.nom, ...lieu.autresNoms, ...lieu.anciensNoms] : [];
  // D’un nom démesuré, que le schéma refuse, le début suffit : il est comparé à chaque adresse.
  return sansAccents([texteDe(donnees, "collectivite", "nom").slice(0, 200), ...noms].join(" "));
}
