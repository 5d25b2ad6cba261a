// Les communes et ce que l’on peut en taper : nom, code postal, code INSEE, ancien nom.
// @ts-check
import { charge, plie, slug } from "../shared/data.js";

/** @typedef {{code: string, nom: string, chemin: string, postaux: string[], anciens: string[], anciensCodes: string[], place: number[],
 *   departement: string, departementNom: string, epci: {code: string, nom: string, slug: string} | null,
 *   cles: string[], anciennesCles: string[]}} Commune */

/** Le nom plié, avec et sans son article, et sans apostrophe : « plourac h », « plourach ».
 * @param {string} nom @returns {string[]} */
function cles(nom) {
  const plein = plie(nom);
  const colle = plie(nom.replace(/['’]/g, ""));
  const nu = plein.replace(/^(le|la|les|l) (?=.)/, "");
  return [...new Set([plein, nu, colle])];
}

/** @type {Promise<Commune[]> | undefined} */
let connues;

/** Toutes les communes, chargées une fois. @returns {Promise<Commune[]>} */
export function communes() {
  connues ??= charge("donnees/communes.json").then(({ departements, epci }) => {
    /** @type {Commune[]} */
    const toutes = epci.flatMap((/** @type {[string, string, string, any[][]]} */ [code, nom, adresse, membres]) =>
      membres.map(([insee, nomCommune, postaux, x, y, anciens, anciensCodes]) => {
        const noms = anciens ? anciens.split("|") : [];
        const departement = insee.slice(0, 2);
        return {
          code: insee,
          nom: nomCommune,
          chemin: `communes/${slug(nomCommune)}/`,
          postaux: postaux.split(" "),
          anciens: noms,
          anciensCodes: anciensCodes ? anciensCodes.split(" ") : [],
          place: [x, y],
          departement,
          departementNom: departements[departement][0],
          epci: code ? { code, nom, slug: adresse } : null,
          cles: cles(nomCommune),
          anciennesCles: noms.flatMap(cles),
        };
      }),
    );
    // De deux communes d’un même nom, chacune porte dans son adresse celui de son département.
    const vus = new Map();
    for (const { chemin } of toutes) vus.set(chemin, (vus.get(chemin) ?? 0) + 1);
    for (const c of toutes) if (vus.get(c.chemin) > 1) c.chemin = `communes/${slug(`${c.nom} ${c.departementNom}`)}/`;
    return toutes;
  });
  connues.catch(() => {
    connues = undefined;
  });
  return connues;
}

/** Plus petit est meilleur ; -1 quand la commune ne répond pas à la question.
 * @param {Commune} c @param {string} q question pliée @returns {number} */
function rang(c, q) {
  if (/^\d+$/.test(q)) {
    if (c.code === q || c.postaux.includes(q)) return 0;
    // Un code d’avant une fusion est parfois celui que la poste donne à une autre commune : celle-ci passe d’abord.
    if (c.anciensCodes.includes(q)) return 1;
    return q.length > 1 && (c.code.startsWith(q) || c.postaux.some((p) => p.startsWith(q))) ? 1 : -1;
  }
  if (c.cles.includes(q)) return 0;
  if (c.anciennesCles.includes(q)) return 1;
  if (c.cles.some((cle) => cle.startsWith(q))) return 2;
  if (c.anciennesCles.some((cle) => cle.startsWith(q))) return 3;
  return c.cles.some((cle) => cle.includes(` ${q}`))
    ? 4
    : c.anciennesCles.some((cle) => cle.includes(` ${q}`))
      ? 5
      : -1;
}

/** Les communes qui répondent, la plus sûre d’abord.
 * @param {Commune[]} toutes @param {string} question @param {number} [nombre] @returns {Commune[]} */
export function cherche(toutes, question, nombre = 8) {
  const q = plie(question);
  if (!q) return [];
  return toutes
    .map((c) => /** @type {[number, Commune]} */ ([rang(c, q), c]))
    .filter(([r]) => r >= 0)
    .sort((a, b) => a[0] - b[0] || a[1].nom.localeCompare(b[1].nom, "fr") || a[1].code.localeCompare(b[1].code))
    .slice(0, nombre)
    .map(([, c]) => c);
}

/** L’ancien nom par lequel la question a trouvé la commune, s’il y en a un.
 * @param {Commune} c @param {string} question @returns {string} */
export function ancienNom(c, question) {
  const q = plie(question);
  if (!q || c.cles.some((cle) => cle.startsWith(q) || cle.includes(` ${q}`))) return "";
  return c.anciens.find((nom) => cles(nom).some((cle) => cle.startsWith(q) || cle.includes(` ${q}`))) ?? "";
}
