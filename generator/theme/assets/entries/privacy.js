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
  const { patterns, words } = outils.regles;
  const noms = nomsDuLieu(donnees, lieux);
  for (const [ou, texte] of tousLesTextes(donnees)) {
    for (const trouve of texte.matchAll(new RegExp(patterns.domain, "gu"))) {
      const avant = new RegExp(patterns.local, "u").exec(
        texte.slice(Math.max(0, trouve.index - 64), trouve.index),
      )?.[0];
      if (!avant || dansUnLien(texte, trouve.index, outils.regles)) continue;
      const gratuite = words.free_mail.split(" ").includes(trouve[1].toLowerCase());
      const code = estUnePersonne(avant, noms, outils)
        ? "courriel-personnel"
        : peutEtreUnePersonne(avant, trouve[1], noms, outils)
          ? "courriel-a-verifier"
          : gratuite
            ? "courriel-grand-public"
            : "";
      const valeur = avant + trouve[0];
      // L’adresse connue de la mairie ne se demande que pour une adresse douteuse.
      if (!code || valeur.toLowerCase() === (await courrielDeLaMairie(donnees, outils))) continue;
      const place = placeDe(ou, trouve.index - avant.length);
      yield constat(ou, code, { valeur }, { place });
    }
  }
}

/** @param {any} donnees @param {Outils} outils @returns {Promise<string | undefined>} sans réseau, aucune n’est connue */
async function courrielDeLaMairie(donnees, outils) {
  const mairie = await outils.mairie(texteDe(donnees, "collectivite", "code")).catch(aDefaut(undefined));
  return mairie?.courriel?.toLowerCase();
}

/** Plusieurs mots séparés par un point ou un tiret bas, dont aucun n’est une fonction ni un mot du lieu.
 * @param {string} avant @param {string} noms pliés @param {Outils} outils @returns {boolean} */
const estUnePersonne = (avant, noms, outils) =>
  neNommeRien(
    avant
      .split(/[._]/)
      .filter((mot) => mot && !/^\d+$/.test(mot))
      .map(sansAccents),
    noms,
    outils,
  );

/** Deux mots séparés par un trait d’union, comme un service peut les écrire aussi, que ni le domaine ni le lieu ne portent.
 * @param {string} avant @param {string} domaine @param {string} noms pliés @param {Outils} outils @returns {boolean} */
function peutEtreUnePersonne(avant, domaine, noms, outils) {
  const mots = avant.split("-").map(sansAccents);
  const ecrite = mots.length === 2 && mots.every((mot) => /^[a-z]{3,}$/.test(mot));
  const ensemble = sansAccents(domaine).replaceAll(" ", "");
  return ecrite && !mots.some((mot) => ensemble.includes(mot)) && neNommeRien(mots, noms, outils);
}

/** @param {string[]} mots @param {string} noms pliés @param {Outils} outils @returns {boolean} */
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
