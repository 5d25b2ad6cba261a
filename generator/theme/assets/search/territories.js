// Les communes et les territoires qu’une question désigne, par un de leurs noms ou un code : les données de « Ma commune » y
// répondent, avec ou sans COP.
// @ts-check
import { ancienNom, cherche, communes } from "../finder/communes.js";
import { charge, plie, RACINE } from "../shared/data.js";
import { sansNeutres } from "./words.js";

/** @typedef {import("./results.js").Trouvaille} Trouvaille */
/** @typedef {import("../finder/communes.js").Commune} Commune */
/** @typedef {{nom: string, slug: string, noms: string[]}} Territoire */

/** Les territoires qui ont une page, le plus large d’abord. @returns {Promise<Territoire[]>} */
const territoires = async () => {
  const { regions, departements, epci } = await charge("donnees/communes.json");
  return [
    ...regions,
    ...Object.entries(departements).map(([code, [nom, slug, breton]]) => [nom, slug, `${breton}|${code}`]),
    ...epci.map((/** @type {any[]} */ [, nom, slug, , autres]) => [nom, slug, autres]),
  ]
    .filter(([, slug]) => slug)
    .map(([nom, slug, autres]) => ({ nom, slug, noms: [nom, ...autres.split("|")].map(plie) }));
};

/** Un lieu trouvé ; `exact` quand la question dit son nom ou son code en entier. @typedef {Trouvaille & {exact: boolean}} Lieu */

/** @param {Territoire} t @param {string} question @returns {Lieu} */
const territoire = ({ nom, slug, noms }, question) => ({
  url: `${RACINE}territoires/${slug}/`,
  titre: nom,
  lieu: "",
  extrait: "",
  exact: noms.includes(question),
});

/** @param {Commune} c @param {string} question @returns {Lieu} */
function commune(c, question) {
  const ancien = ancienNom(c, question);
  return {
    url: RACINE + c.chemin,
    titre: c.nom,
    lieu: [c.postaux.join(", "), c.departementNom, c.epci?.nom].filter(Boolean).join(" · "),
    extrait: ancien ? `${ancien} en fait partie.` : "",
    exact: [...c.cles, ...c.anciennesCles].includes(question),
  };
}

/** @param {Commune[]} toutes @param {Territoire[]} connus @param {string} question pliée @returns {Lieu[]} */
function parNom(toutes, connus, question) {
  const mots = question.split(" ");
  const dits = connus
    .filter(({ noms }) => noms.some((nom) => mots.every((mot) => ` ${nom}`.includes(` ${mot}`))))
    .map((t) => territoire(t, question));
  return [
    ...dits.filter(({ exact }) => exact),
    ...cherche(toutes, question, Infinity).map((c) => commune(c, question)),
    ...dits.filter(({ exact }) => !exact),
  ];
}

/** Les lieux que nomme en entier une suite de mots, la plus longue d’abord : « cantine langon » dit Langon.
 * @param {Commune[]} toutes @param {Territoire[]} connus @param {string} question pliée @returns {Lieu[]} */
function parSuite(toutes, connus, question) {
  const mots = question.split(" ");
  for (let longueur = mots.length; longueur > 0; longueur--) {
    for (let debut = 0; debut + longueur <= mots.length; debut++) {
      const suite = mots.slice(debut, debut + longueur).join(" ");
      const nommes = [
        ...connus.map((t) => territoire(t, suite)),
        ...toutes
          .filter(({ cles, anciennesCles }) => [...cles, ...anciennesCles].includes(suite))
          .map((c) => commune(c, suite)),
      ].filter(({ exact }) => exact);
      if (suite.length > 2 && nommes.length) return nommes;
    }
  }
  return [];
}

/** @param {string} texte @returns {Promise<{trouves: Lieu[], nomme: boolean}>} les lieux, et si la question entière en
 *   nomme un */
export async function trouveLieux(texte) {
  const question = plie(texte);
  if (question.length < 2) return { trouves: [], nomme: false };
  const [toutes, connus, nue] = await Promise.all([communes(), territoires(), sansNeutres(question)]);
  for (const dite of new Set([question, nue])) {
    const trouves = parNom(toutes, connus, dite);
    if (trouves.length) return { trouves, nomme: true };
  }
  return { trouves: parSuite(toutes, connus, nue), nomme: false };
}
