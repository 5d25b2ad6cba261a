// Les territoires qu’une question désigne, par leur nom, celui d’une de leurs communes ou un code : les données de
// « Ma commune » y répondent, avec ou sans COP.
// @ts-check
import { ancienNom, cherche, communes } from "../finder/communes.js";
import { charge, plie, RACINE } from "../shared/data.js";

const COMMUNES = 20;

/** @typedef {{url: string, titre: string, extrait: string}} Trouvaille */
/** @typedef {{nom: string, slug: string, foin: string}} Territoire */

/** @type {Promise<Territoire[]> | undefined} */
let connus;

/** Les territoires qui ont une page, le plus large d’abord. @returns {Promise<Territoire[]>} */
function territoires() {
  connus ??= charge("donnees/communes.json").then(({ regions, departements, epci }) =>
    [
      ...regions,
      ...Object.values(departements),
      ...epci.map((/** @type {any[]} */ [, nom, slug, , autres]) => [nom, slug, autres]),
    ]
      .filter(([, slug]) => slug)
      .map(([nom, slug, autres]) => ({ nom, slug, foin: ` ${plie(`${nom} ${autres}`)}` })),
  );
  connus.catch(() => {
    connus = undefined;
  });
  return connus;
}

/** @param {string} slug */
const adresse = (slug) => `${RACINE}territoires/${slug}/`;

/** Le territoire d’une commune, et ce qui l’a fait trouver.
 * @param {import("../finder/communes.js").Commune} c @param {string} question @returns {Trouvaille} */
function parCommune(c, question) {
  const ancien = ancienNom(c, question);
  const nom = `${c.nom} (${c.departementNom})${ancien ? `, anciennement ${ancien}` : ""}`;
  return c.epci
    ? { url: adresse(c.epci.slug), titre: c.epci.nom, extrait: nom }
    : { url: `${RACINE}cops/?commune=${c.code}`, titre: c.nom, extrait: nom };
}

/** @param {string} question @returns {Promise<Trouvaille[]>} chaque page une fois, avec ce qui l’a fait trouver */
export async function trouveTerritoires(question) {
  const mots = plie(question).split(" ");
  const [toutes, connusIci] = await Promise.all([communes(), territoires()]);
  /** @type {Map<string, Trouvaille>} */
  const trouves = new Map();
  for (const { nom, slug, foin } of connusIci) {
    if (mots.every((mot) => foin.includes(` ${mot}`)))
      trouves.set(adresse(slug), { url: adresse(slug), titre: nom, extrait: "" });
  }
  for (const trouve of cherche(toutes, question, COMMUNES).map((c) => parCommune(c, question))) {
    const deja = trouves.get(trouve.url);
    if (!deja) trouves.set(trouve.url, trouve);
    else deja.extrait = [deja.extrait, trouve.extrait].filter(Boolean).join(", ");
  }
  return [...trouves.values()];
}
