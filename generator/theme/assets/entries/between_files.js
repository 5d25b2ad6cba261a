// La fiche devant les autres : renvois qui ne mènent nulle part, même COP une seconde fois. Les règles de
// generator/entries/checks/between_files.py.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { constat, nomDe } from "./problem.js";
import { dossier } from "./naming.js";
import { texteDe, textesDe } from "./reading.js";
import { likeness, mostAlike } from "../shared/likeness.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./problem.js").Chemin} Chemin */
/** @typedef {import("./territories.js").Lieux} Lieux */
/** @typedef {import("./tools.js").Outils} Outils */
/** @typedef {import("./tools.js").Voisine} Voisine */

/** @param {any} donnees @param {Outils} outils @param {Lieux} lieux @param {Voisine[]} cops @param {string} soi
 * @returns {Generator<Constat>} */
export function* checkBetweenFiles(donnees, outils, lieux, cops, soi) {
  const autres = cops.filter((cop) => cop.id !== soi);
  /** @type {[Chemin, string, string[]][]} */
  const renvois = textesDe(donnees, "formations").map((id, rang) => [
    ["formations", rang],
    id,
    Object.keys(outils.formations),
  ]);
  const suite = texteDe(donnees, "remplacee_par");
  if (suite)
    renvois.push([["remplacee_par"], suite, [...cops.map((cop) => cop.id), ...Object.keys(outils.anciensIds)]]);
  for (const [ou, id, connus] of renvois) {
    if (connus.includes(id)) continue;
    const proche = mostAlike(id, connus, 0.6);
    yield proche
      ? constat(ou, "reference-proche", { cle: nomDe(ou), id, proche }, { juste: proche })
      : constat(ou, "reference-inconnue", { cle: nomDe(ou), id });
  }
  for (const [rang, id] of textesDe(donnees, "anciens_ids").entries()) {
    const autre = autres.find((cop) => cop.id === id || outils.anciensIds[id] === cop.id);
    if (autre) yield constat(["anciens_ids", rang], "ancien-identifiant-pris", { id, autre: fichier(autre, lieux) });
  }
  yield* doubles(donnees, outils, autres, lieux);
}

/** D’où deux noms, pliés, sont tenus pour presque égaux. */
const PRESQUE = 0.9;

/** @param {string} nom @param {Outils} outils */
const nu = (nom, { regles }) =>
  sansAccents(nom)
    .split(" ")
    .filter((mot) => !regles.words.of_names.split(" ").includes(mot))
    .join(" ");

/** Même collectivité, même type, et noms égaux ou presque. @param {any} donnees @param {Outils} outils @param {Voisine[]} autres
 * @param {Lieux} lieux  * @returns {Generator<Constat>} */
function* doubles(donnees, outils, autres, lieux) {
  const niveau = texteDe(donnees, "collectivite", "type"),
    code = texteDe(donnees, "collectivite", "code");
  const mien = nu(texteDe(donnees, "nom"), outils);
  if (!code) return;
  /** De chaque nom, la première qui le porte. @type {Map<string, Voisine>} */
  const premieres = new Map();
  for (const autre of autres) {
    const voisine = autre.niveau === niveau && autre.code === code && autre.type === texteDe(donnees, "type");
    const sien = nu(autre.nom, outils);
    if (voisine && !premieres.has(sien)) premieres.set(sien, autre);
  }
  const meme = premieres.get(mien);
  for (const [sien, autre] of meme ? new Map([[mien, meme]]) : premieres) {
    const plus = { autre: { id: autre.id, nom: autre.nom, adresse: `cops/${autre.id}/` } };
    if (autre === meme) yield constat(["nom"], "cop-en-double", { autre: fichier(autre, lieux) }, plus);
    // « n° 1 » et « n° 2 » sont deux commissions.
    else if (mien.replace(/\d+/g, "") !== sien.replace(/\d+/g, "") && likeness(mien, sien) >= PRESQUE) {
      yield constat(["nom"], "cop-presque-double", { nom: autre.nom, autre: fichier(autre, lieux) }, plus);
    }
  }
}

/** Le fichier d’une COP, d’après son territoire. @param {Voisine} cop @param {Lieux} lieux */
const fichier = (cop, lieux) =>
  `cops/${dossier({ type: cop.niveau, code: cop.code }, cop.perimetre, lieux) ?? "…"}/${cop.id}.yml`;
