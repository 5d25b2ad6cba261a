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
  /** @type {Record<string, string[]>} */
  const parSorte = {
    formation: Object.keys(outils.formations),
    cop: [...cops.map((cop) => cop.id), ...Object.keys(outils.anciensIds)],
  };
  for (const [ou, id, sorte] of renvois(donnees, outils)) {
    const connus = parSorte[sorte];
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

/** Les identifiants qu’une fiche cite : où, lequel, de quelle sorte. @param {any} donnees @param {Outils} outils
 * @returns {[Chemin, string, string][]} */
const renvois = (donnees, { regles }) =>
  Object.entries(regles.references).flatMap(([cle, sorte]) => {
    const seul = texteDe(donnees, cle);
    return seul
      ? [[[cle], seul, sorte]]
      : textesDe(donnees, cle).map((id, rang) => /** @type {[Chemin, string, string]} */ ([[cle, rang], id, sorte]));
  });

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

/** Un nom sans ses petits mots ; « Commission A » garde sa lettre. @param {string} nom @param {Outils} outils */
function nu(nom, { regles }) {
  const dits = partage(nom);
  const mots = sansAccents(dits.filter((mot) => !numeroDe(mot)).join(" ")).split(" ");
  const petits = ensemble(regles.words.of_names);
  return [...mots.filter((mot) => mot && !petits.has(mot)), ...dits.map(numeroDe).filter(Boolean)].join(" ");
}

const partage = (/** @type {string} */ nom) => nom.split(/[^0-9A-Za-z_\u00c0-\u024f\u0370-\u1fff’']+/u).filter(Boolean);

/** Ce que l’on compare de deux noms : leurs mots, en ordre, et leurs numéros. @typedef {{mots: string[], numeros: string[]}} Compare */

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

/** @param {string} nom @param {Set<string>} sans mots à laisser, pliés @returns {Compare} */
function compare(nom, sans) {
  const dits = partage(nom);
  const mots = sansAccents(dits.filter((mot) => !numeroDe(mot)).join(" ")).split(" ");
  const gardes = mots.filter((mot) => mot.length > 1 && !sans.has(mot) && !sans.has(singulier(mot)));
  return { mots: gardes.map(singulier).sort(), numeros: dits.map(numeroDe).filter(Boolean).sort() };
}

/** @param {Compare} un @param {Compare} autre @returns {boolean} */
const proches = (un, autre) =>
  un.mots.length === autre.mots.length &&
  String(un.numeros) === String(autre.numeros) &&
  un.mots.every((mot, i) => likeness(mot, autre.mots[i]) >= PRESQUE);

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
  const { of_kinds: sortes, of_names: petits } = outils.regles.words;
  const lesLieux = [texteDe(donnees, "collectivite", "nom"), ...[...premieres.values()].map((une) => une.collectivite)];
  const type = texteDe(donnees, "type").replaceAll("-", " ");
  const sans = ensemble([sansAccents(lesLieux.join(" ")), type, sortes, petits].join(" "));
  const miens = [texteDe(donnees, "nom"), ...textesDe(donnees, "autres_noms")].filter(Boolean);
  for (const autre of meme ? [meme] : premieres.values()) {
    const plus = { autre: { id: autre.id, nom: autre.nom, adresse: `cops/${autre.id}/` } };
    if (autre === meme) yield constat(["nom"], "cop-en-double", { autre: fichier(autre, lieux) }, plus);
    // Les autres noms de la voisine, la page ne les connaît pas : la vérification du dépôt les lira.
    else if (miens.some((nom) => proches(compare(nom, sans), compare(autre.nom, sans)))) {
      yield constat(["nom"], "cop-presque-double", { nom: autre.nom, autre: fichier(autre, lieux) }, plus);
    }
  }
}

/** Le fichier d’une COP, d’après son territoire. @param {Voisine} cop @param {Lieux} lieux */
const fichier = (cop, lieux) =>
  `cops/${dossier({ type: cop.niveau, code: cop.code }, cop.perimetre, lieux) ?? "…"}/${cop.id}.yml`;
