// Le nom d’un fichier et son dossier : les mêmes que ceux de generator/edits (`new_id`, `folder_of`).
// @ts-check
import { slug } from "../shared/data.js";

/** @typedef {import("./territories.js").Lieux} Lieux */
/** @typedef {{type?: string, code?: string, nom?: string}} Collectivite */

/** Le sous-dossier de `cops/` ; rien tant que la collectivité n’est pas connue.
 * @param {Collectivite} collectivite @param {string[] | undefined} perimetre situe un syndicat mixte @param {Lieux} lieux
 * @returns {string | undefined} */
export function dossier({ type = "", code = "" }, perimetre, lieux) {
  const region = type === "region" ? lieux.collectivite(type, code) : undefined;
  if (type === "region") return region && slug(region.nom);
  if (type !== "syndicat-mixte") return lieux.departementsDe(type, code)[0];
  return (perimetre ?? []).flatMap((un) => lieux.departementsDe(un.length === 5 ? "commune" : "epci", un)).sort()[0];
}

/** Un identifiant libre, d’après le lieu et le nom : `quimperle-commission-du-temps-long`.
 * @param {Collectivite} collectivite @param {string} nom @param {Lieux} lieux @param {Iterable<string>} pris
 * @returns {string} */
export function identifiant({ type = "", code = "", nom: appel = "" }, nom, lieux, pris) {
  const place = slug(lieux.collectivite(type, code)?.nom ?? appel);
  let reste = slug(nom);
  for (const article of ["de-", "d-", "du-", "des-", ""]) {
    const fin = `-${article}${place}`;
    if (reste.endsWith(fin)) reste = reste.slice(0, -fin.length);
  }
  return libre(reste === place ? place : `${place}-${reste}`, pris);
}

/** L’identifiant d’une formation, d’après son titre ; celui d’une actualité, après son jour. @param {string} titre
 * @param {string} jour vide pour une formation @param {Iterable<string>} pris @returns {string} */
export const identifiantDe = (titre, jour, pris) => libre(slug(`${jour} ${titre}`), pris);

/** Assez court, et que rien ne porte. @param {string} nom @param {Iterable<string>} pris @returns {string} */
const libre = (nom, pris) => numerote(nom.slice(0, 74).replace(/^-+|-+$/g, ""), new Set(pris));

/** Le nom, ou le premier de `nom-2`, `nom-3`… que rien ne porte. @param {string} nom @param {Set<string>} pris @returns {string} */
export function numerote(nom, pris) {
  let un = nom;
  for (let n = 2; pris.has(un); n += 1) un = `${nom}-${n}`;
  return un;
}
