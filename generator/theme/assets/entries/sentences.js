// Les phrases d’une faute : les modèles du catalogue, remplis comme le fait generator/problems/renderings.py, ou dits dans les
// mots d’une page.
// @ts-check
import { enumere } from "./problem.js";
import { choixDe, libelle, libelleConnu, noeud } from "./schema.js";

/** @typedef {import("./tools.js").Phrase} Phrase */
/** @typedef {import("./problem.js").Constat} Constat */

/** Une faute dite à la personne. `ou` est le nom du champ à corriger, de la clé qui manque ou du groupe ; `modeles`, ses
 * phrases avant d’être remplies, pour qui les dit dans les mots de la page ; `juste` peut remplacer sa valeur ; `autre` est
 * la COP de l’annuaire à laquelle la fiche ressemble.
 * @typedef {{ou: string, code: string, gravite: "erreur" | "avertissement", quoi: string, pourquoi: string, remede: string,
 *   modeles: {quoi: string, pourquoi: string, remede: string}, valeurs: Record<string, string>, juste?: string,
 *   autre?: {id: string, nom: string, adresse: string}}} Probleme */

/** @param {Constat} constat @param {Record<string, Phrase>} problemes @returns {Probleme} */
export function phrases({ ou, code, valeurs, place, ...plus }, problemes) {
  const connu = Object.hasOwn(problemes, code) ? code : "regle-du-schema";
  const { gravite, quoi, pourquoi, remede, sur_la_page: surLaPage = quoi } = problemes[connu];
  const mots = Object.fromEntries(Object.entries(valeurs).map(([nom, valeur]) => [nom, montre(nom, String(valeur))]));
  const dites = { quoi: remplit(quoi, mots), pourquoi: remplit(pourquoi, mots), remede: remplit(remede, mots) };
  const modeles = { quoi: surLaPage, pourquoi, remede };
  return { ou: ou.join("."), code: connu, gravite, ...dites, modeles, valeurs: mots, ...plus };
}

/** @param {string} modele @param {Record<string, string>} mots */
const remplit = (modele, mots) =>
  modele.replaceAll("`", "").replace(/\{\{|\}\}|\{(\w+)\}/g, (trou, nom) => (nom ? (mots[nom] ?? trou) : trou[0]));

const ILLISIBLE =
  /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/gu;
/** Les mots qui sont les nôtres, donc jamais trop longs. */
const NOTRES = new Set(["choix", "connues", "corrige", "exemple", "communes", "autres", "couverts"]);

/** Ce qui remplit un trou : une seule ligne, courte, sans rien d’invisible. @param {string} nom @param {string} valeur */
function montre(nom, valeur) {
  const signes = [
    ...valeur.replaceAll("\n", " ").replaceAll("\t", " ").replace(ILLISIBLE, "␦").replaceAll("##[", "##␦").trim(),
  ];
  const plusLong = NOTRES.has(nom) ? 1000 : 120;
  return signes.length <= plusLong ? signes.join("") : `${signes.slice(0, plusLong).join("")}…`;
}

/** Ce qui se remplit dans un modèle : ce qui est entre guillemets, trou ou clé, les autres trous, et les accents graves de ce
 * qui se tape. */
const MORCEAUX = /«\u00a0(?:\{(\w+)\}|([a-z][a-z0-9_.-]*))\u00a0»|\{(\w+)\}|`/g;

/** Une phrase du catalogue pour qui voit des questions et pas de fichier : entre guillemets, une clé y est son titre et un choix
 * son libellé ; une date s’écrit jour d’abord.
 * @param {Probleme} p @param {string} modele @param {import("./schema.js").Noeud} schema
 * @param {(chemin: string) => string | undefined} [titre] celui d’une question, tel qu’on le lit @returns {string} */
export function parle({ ou, valeurs }, modele, schema, titre = (chemin) => noeud(schema, chemin)?.title) {
  const ici = noeud(schema, ou);
  return modele.replace(MORCEAUX, (_, cite, cle, trou) => {
    const mot = cle ?? valeurs[cite ?? trou] ?? "";
    const choix = [...choixDe(ici).values()];
    if (trou === "choix" && choix.length) return enumere(choix, "ou");
    if (!cite && !cle) return enDate(libelle(ici, mot));
    const lui = cite === "cle" && sansRang(ou).endsWith(sansRang(mot));
    const chemins = lui ? versLeHaut(ou) : cite === "valeur" ? [] : [ou.replace(/[^.]*$/, mot), mot];
    const libelles = [libelle(ici, mot), libelleConnu(schema, mot)].filter((un) => un !== mot);
    return `«\u00a0${[...chemins.map(titre), ...libelles].find(Boolean) ?? mot}\u00a0»`;
  });
}

/** @param {string} chemin */
const sansRang = (chemin) => chemin.replace(/\d+/g, "");

/** Un chemin, puis les groupes et les listes qui le tiennent. @param {string} ou @returns {string[]} */
const versLeHaut = (ou) => ou.split(".").map((_, i, pas) => pas.slice(0, pas.length - i).join("."));

/** @param {string} mot @returns {string} */
const enDate = (mot) =>
  mot.replace(
    /^(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?( .*)?$/,
    (_, annee, mois, jour, heure = "") => [jour, mois, annee].filter(Boolean).join("/") + heure,
  );
