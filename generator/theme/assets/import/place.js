// La collectivité d’une ligne : le seul lieu que ses cellules désignent ensemble, sinon ceux qu’elles peuvent vouloir dire. Comme
// generator/edits/importing/collectivites.py.
// @ts-check
import { constat, enumere } from "../entries/problem.js";
import { listPlaces } from "../shared/place_clues.js";
import { valeurs } from "./values.js";

/** @typedef {import("../entries/tools.js").Outils} Outils */
/** @typedef {import("../entries/territories.js").Lieux} Lieux */
/** @typedef {import("../entries/territories.js").Lieu} Lieu */
/** @typedef {ReturnType<Lieux["lit"]>} Lecture */
/** Ce que d’autres colonnes disent du lieu : son code postal, son EPCI, son département. @typedef {{cle: string, texte: string, postal: boolean}} Autour */
/** @typedef {{reponses: Record<string, string>, remplace?: Record<string, string>, faute?: import("../entries/problem.js").Constat}} Complete */

const SORTES = ["commune", "epci", "departement", "region"];

/** @param {Map<string, string>} reponses @param {Autour[]} autour @param {boolean} postal la colonne du code est celle des codes postaux
 * @param {Lieux} lieux @param {Outils} outils @returns {Complete} */
export function completeLeLieu(reponses, autour, postal, lieux, outils) {
  const [ecrit, code, nom] = ["type", "code", "nom"].map((cle) => reponses.get(`collectivite.${cle}`) ?? "");
  const [mot = ""] = ecrit ? valeurs("collectivite.type", ecrit, outils.schema) : [];
  const type = SORTES.includes(mot) ? mot : lieux.sorte(mot);
  if (mot === "syndicat-mixte" || !(code || nom)) return { reponses: {} };
  /** @type {(cle: string, code: string, valeurs: Record<string, string>) => Complete} */
  const dit = (cle, probleme, mots) => ({ reponses: {}, faute: constat(["collectivite", cle], probleme, mots) });
  let lu = lisLe(lieux, nom, code, type, postal);
  if (lu.answer !== "un" && type) lu = plusGrand(lieux, autour, type) ?? lu;
  const ailleurs = etranger(lieux, lu, autour);
  if (ailleurs) return dit("nom", "lieux-contraires", { valeur: ailleurs, nom: nom || code });
  lu = resserre(lieux, lu, autour);
  if (lu.answer === "un") {
    const { place } = lu;
    // Un type qui n’en est pas un reste écrit : la vérification dit lesquels existent.
    const sien = mot && !type ? mot : place.type;
    const lieu = { "collectivite.type": sien, "collectivite.code": place.code, "collectivite.nom": place.nom };
    return { reponses: {}, remplace: lieu };
  }
  if (postal && lu.answer === "plusieurs")
    return dit("code", "code-postal-partage", { code, communes: nommes(listPlaces(lu.found)) });
  if (code) {
    const connue = SORTES.find((une) => lieux.collectivite(une, code)) || (code.length === 5 ? "commune" : "");
    const sorte = type || mot || connue;
    if (sorte) return { reponses: mot === sorte ? {} : { "collectivite.type": sorte } };
    if (lu.answer !== "plusieurs") return dit("code", "code-inconnu", { code });
    return dit("code", "code-a-deux-lectures", { code, lectures: lieux.enClair(/** @type {any} */ (lu.found)) });
  }
  if (lu.answer === "plusieurs") {
    const distingue = (/** @type {import("../shared/place_index.js").Place} */ place) =>
      place.type === "commune" ? lieux.nomDuDepartement(place.departements[0]) : place.nom;
    const communes = enumere(
      listPlaces(lu.found).map((place) => `${place.code} (${distingue(place)})`),
      "ou",
    );
    return dit("code", "lieu-a-choisir", { nom, communes });
  }
  if (!lu.nearest.length)
    return dit("nom", lu.reason === "hors-perimetre" ? "lieu-hors-perimetre" : "lieu-inconnu", { nom });
  const faute = lu.reason === "autre-sorte" ? "lieu-d-une-autre-sorte" : "lieu-inconnu-proche";
  return dit("nom", faute, { nom, proches: nommes(lu.nearest) });
}

/** @param {import("../shared/place_index.js").Place[]} places */
const nommes = (places) =>
  enumere(
    places.map(({ nom, code }) => `${nom} (${code})`),
    "ou",
  );

/** Une colonne de codes postaux dit ce qu’ils sont ; un code INSEE qui s’y trouve à côté de son nom se lit aussi.
 * @param {Lieux} lieux @param {string} nom @param {string} code @param {string} type @param {boolean} postal @returns {Lecture} */
function lisLe(lieux, nom, code, type, postal) {
  const lu = lieux.lit(nom, { code: postal && /^[0-9]+$/.test(code) ? `cp ${code}` : code, type });
  return postal && nom && lu.answer === "aucun" ? lieux.lit(nom, { code, type }) : lu;
}

/** D’une intercommunalité, la ville peut être écrite avant son propre nom. @param {Lieux} lieux @param {Autour[]} autour @param {string} type */
const plusGrand = (lieux, autour, type) =>
  autour
    .filter(({ cle }) => cle === "collectivite.nom")
    .map(({ texte }) => lieux.lit(texte, { type }))
    .find((lu) => lu.answer === "un");

/** Les lieux de ce que dit une autre colonne. @param {Lieux} lieux @param {Autour} une @returns {Lieu[]} */
function dits(lieux, { texte, postal }) {
  const lu = lieux.lit(postal ? `cp ${texte}` : texte);
  return /** @type {Lieu[]} */ (
    lu.answer === "un" ? [lu.place] : lu.answer === "plusieurs" ? listPlaces(lu.found) : []
  );
}

/** De plusieurs lieux, le seul qui est dans ce que disent les autres colonnes. @param {Lieux} lieux @param {Lecture} lu
 * @param {Autour[]} autour @returns {Lecture} */
function resserre(lieux, lu, autour) {
  if (lu.answer !== "plusieurs") return lu;
  const tous = autour.map((une) => dits(lieux, une)).filter((places) => places.length);
  const reste = lu.found.filter(({ place }) => tous.every((places) => seTouchent(lieux, place, places)));
  return listPlaces(reste).length === 1 ? { answer: "un", place: reste[0].place, how: reste[0].how } : lu;
}

/** La première des autres colonnes qui dit un lieu d’ailleurs. @param {Lieux} lieux @param {Lecture} lu @param {Autour[]} autour */
function etranger(lieux, lu, autour) {
  if (lu.answer === "aucun") return "";
  const trouves = lu.answer === "un" ? [lu.place] : listPlaces(lu.found);
  const autre = autour.find((une) => {
    const places = dits(lieux, une);
    return places.length && !trouves.some((place) => seTouchent(lieux, place, places));
  });
  return autre?.texte ?? "";
}

/** Un lieu a-t-il une commune avec l’un des autres ? @param {Lieux} lieux @param {import("../shared/place_index.js").Place} place
 * @param {import("../shared/place_index.js").Place[]} autres */
function seTouchent(lieux, place, autres) {
  const siennes = new Set(lieux.communesDe(place));
  return autres.some((autre) => lieux.communesDe(autre).some((commune) => siennes.has(commune)));
}
