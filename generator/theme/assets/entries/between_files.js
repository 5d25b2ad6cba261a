// La fiche devant les autres : renvois qui ne mènent nulle part, même COP une seconde fois. Les règles de
// generator/entries/checks/between_files.py.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { constat, nomDe } from "./problem.js";
import { endroits, texteDe, textesDe } from "./reading.js";
import { likeness, mostAlike } from "../shared/likeness.js";

/** @typedef {import("./problem.js").Constat} Constat */
/** @typedef {import("./tools.js").Outils} Outils */
/** @typedef {import("./tools.js").Voisine} Voisine */

/** @param {any} donnees @param {Outils} outils @param {Voisine[]} cops @param {string} soi @returns {Generator<Constat>} */
export function* checkBetweenFiles(donnees, outils, cops, soi) {
  const autres = cops.filter((cop) => cop.id !== soi);
  /** @type {Record<string, string[]>} */
  const parSorte = {
    formation: Object.keys(outils.formations),
    cop: [...cops.map((cop) => cop.id), ...Object.keys(outils.anciensIds)],
  };
  for (const [cle, sorte] of Object.entries(outils.regles.references)) {
    for (const [ou, id] of endroits(donnees, cle, `${cle}.*`)) {
      if (typeof id !== "string" || !id || parSorte[sorte].includes(id)) continue;
      const proche = mostAlike(id, parSorte[sorte], 0.6);
      yield proche
        ? constat(ou, "reference-proche", { cle: nomDe(ou), id, proche }, { juste: proche })
        : constat(ou, "reference-inconnue", { cle: nomDe(ou), id });
    }
  }
  for (const [rang, id] of textesDe(donnees, "anciens_ids").entries()) {
    const autre = autres.find((cop) => cop.id === id || outils.anciensIds[id] === cop.id);
    if (autre) yield constat(["anciens_ids", rang], "ancien-identifiant-pris", { id, autre: fichier(autre) });
  }
  yield* doubles(donnees, outils, autres);
}

/** Deux formations d’un même organisme, deux actualités d’un même jour, sous le même titre. @param {any} donnees
 * @param {Outils} outils @param {string} soi @returns {Generator<Constat>} */
export function* checkTwinFiles(donnees, { sorte, formations, organisateurs, actualites, aujourdhui }, soi) {
  const titres = sorte === "formation" ? formations : sorte === "actualite" ? actualites : {};
  const organisme = texteDe(donnees, "organisateur", "nom");
  const jour = (soi || aujourdhui).slice(0, 10);
  const mien = sansAccents(texteDe(donnees, "titre"));
  const autre = Object.keys(titres).find(
    (id) =>
      id !== soi &&
      mien === sansAccents(titres[id]) &&
      (sorte === "formation" ? organisateurs[id] === organisme : id.startsWith(jour)),
  );
  if (autre) yield constat(["titre"], "titre-en-double", { autre: `content/${sorte}s/${autre}.yml` });
}

/** D’où un mot est tenu pour un autre mal écrit. */
const PRESQUE = 0.86;

/** @param {string} mots @returns {Set<string>} */
const ensemble = (mots) => new Set(mots.split(" "));

/** Un nom, ou ce que l’on en compare : ses mots, pliés, et ses numéros. @typedef {{mots: string[], numeros: string[]}} Nom */

/** « Commissions de quartier n° II » : commissions, de, quartier, n, et 2. @param {string} nom @returns {Nom} */
function separe(nom) {
  const dits = nom.split(/[^0-9A-Za-z_\u00c0-\u024f\u0370-\u1fff’']+/u).filter(Boolean);
  const mots = sansAccents(dits.filter((mot) => !numeroDe(mot)).join(" ")).split(" ");
  return { mots: mots.filter(Boolean), numeros: dits.map(numeroDe).filter(Boolean) };
}

const UNITES = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];

/** « 2 », « 2e » et « II » valent 2, « B » lui-même ; rien si le mot ne numérote pas. @param {string} mot @returns {string} */
function numeroDe(mot) {
  const chiffres = /^[0-9]{1,9}/.exec(mot);
  if (chiffres) return String(Number(chiffres[0]));
  const romain = /^(x{0,3})(ix|iv|v?i{0,3})$/i.exec(mot);
  if (romain && (mot.length > 1 || mot === mot.toUpperCase())) {
    return String(10 * romain[1].length + UNITES.indexOf(romain[2].toLowerCase()));
  }
  return /^[A-Z]$/.test(mot) ? mot : "";
}

const singulier = (/** @type {string} */ mot) => mot.replace(/s{1,9}$/, "");

/** Un nom sans ses petits mots ; « Commission A » garde sa lettre. @param {string} nom @param {Set<string>} petits */
function nu(nom, petits) {
  const { mots, numeros } = separe(nom);
  return [...mots.filter((mot) => !petits.has(mot)), ...numeros].join(" ");
}

/** @param {string} nom @param {Set<string>} sans mots à laisser, pliés @returns {Nom} */
function compare(nom, sans) {
  const { mots, numeros } = separe(nom);
  const gardes = mots.filter((mot) => mot.length > 1 && !sans.has(mot) && !sans.has(singulier(mot)));
  return { mots: gardes.map(singulier).sort(), numeros: numeros.sort() };
}

/** @param {Nom} un @param {Nom} autre @returns {boolean} */
const proches = (un, autre) =>
  un.mots.length === autre.mots.length &&
  String(un.numeros) === String(autre.numeros) &&
  un.mots.every((mot, i) => likeness(mot, autre.mots[i]) >= PRESQUE);

/** Même collectivité, même type, et noms égaux ou presque. @param {any} donnees @param {Outils} outils @param {Voisine[]} autres
 * @returns {Generator<Constat>} */
function* doubles(donnees, { regles }, autres) {
  const [niveau, code, lieu] = ["type", "code", "nom"].map((cle) => texteDe(donnees, "collectivite", cle));
  const [type, nom] = [texteDe(donnees, "type"), texteDe(donnees, "nom")];
  const voisines = autres.filter((une) => code && une.code === code && une.niveau === niveau && une.type === type);
  const { of_kinds: sortes, of_names } = regles.words;
  const petits = ensemble(of_names);
  const meme = voisines.find((une) => nu(une.nom, petits) === nu(nom, petits));
  const lieux = sansAccents([lieu, ...voisines.map((une) => une.collectivite)].join(" "));
  const sans = ensemble([lieux, type.replaceAll("-", " "), sortes, of_names].join(" "));
  const miens = [nom, ...textesDe(donnees, "autres_noms")].filter(Boolean);
  for (const autre of meme ? [meme] : voisines) {
    const plus = { autre: { id: autre.id, nom: autre.nom, adresse: `cops/${autre.id}/` } };
    if (meme) yield constat(["nom"], "cop-en-double", { autre: fichier(autre) }, plus);
    // Les autres noms de la voisine, la page ne les connaît pas : la vérification du dépôt les lira.
    else if (miens.some((mien) => proches(compare(mien, sans), compare(autre.nom, sans)))) {
      yield constat(["nom"], "cop-presque-double", { nom: autre.nom, autre: fichier(autre) }, plus);
    }
  }
}

/** @param {Voisine} cop */
const fichier = ({ dossier, id }) => `cops/${dossier}/${id}.yml`;
