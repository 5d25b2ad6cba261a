// Une ligne du tableau : ses réponses, son lieu complété, ce qui se répare d’une seule façon, puis la vérification du formulaire.
// @ts-check
import { gardeLesNombres } from "../entries/guesses.js";
import { constat } from "../entries/problem.js";
import { noeud } from "../entries/schema.js";
import { phrases } from "../entries/sentences.js";
import { ficheEntiere } from "../form/works.js";
import { completeLeLieu } from "./place.js";
import { neDitRien, valeurs } from "./values.js";

/** @typedef {import("../entries/tools.js").Outils} Outils */
/** @typedef {import("../entries/sentences.js").Probleme} Probleme */
/** @typedef {import("../entries/territories.js").Lieux} Lieux */
/** @typedef {import("./headings.js").Savoir} Savoir */
/** @typedef {import("../entries/problem.js").Constat} Constat */
/** Une ligne : `reponses` par clé, telles qu’on les corrige ; `reparees`, ce qui a été récrit ; `fautes`, ce qu’aucune réponse ne corrige ;
 * `autour`, ce que d’autres colonnes disent du lieu.
 * @typedef {{numero: number, reponses: Map<string, string>, autour: import("./place.js").Autour[], postal: boolean, colonnes: number, reparees: [string, string, string][], problemes: Probleme[], fautes: Constat[], corrigee?: {cle: string, avant: string, apres: string},
 *   donnees: Record<string, any>, fichier: {chemin: string, texte: string}}} Ligne */
/** @typedef {{outils: Outils, savoir: Savoir, lieux: Lieux, rangement: string}} Atelier */

/** Les réponses d’une ligne, comme des cellules tapées. @param {{numero: number, cellules: string[]}} ligne
 * @param {import("./headings.js").Colonne[]} colonnes @param {Savoir} savoir
 * @param {import("../entries/schema.js").Noeud} schema @returns {Ligne} */
export function ouvre({ numero, cellules }, colonnes, { regles }, schema) {
  const debut = new RegExp(regles.beginning, "gu");
  /** @type {Map<string, string>} */
  const reponses = new Map();
  /** @type {import("./place.js").Autour[]} */
  const autour = [];
  let codePostal = false;
  for (const { rang, cle, postal } of [...colonnes].sort((a, b) => a.ordre - b.ordre)) {
    const dit = (cellules[rang] ?? "")
      .replace(debut, (_, avant, blancs, quotes) => avant + blancs + quotes.slice(1))
      .replace(new RegExp(regles.hidden, "gu"), "")
      .trim();
    // Un tableur plie un texte sur plusieurs lignes pour tenir dans sa colonne.
    const seule = Boolean(noeud(schema, cle)?.["x-motif"]);
    const texte = seule ? dit.replace(/\s{0,99}[\r\n]\s{0,99}/g, " ") : dit;
    if (!texte || neDitRien(cle, texte, schema, regles.no_answer)) continue;
    if (reponses.has(cle)) autour.push({ cle, texte, postal });
    else {
      reponses.set(cle, texte);
      codePostal ||= postal;
    }
  }
  return {
    numero,
    reponses,
    autour,
    postal: codePostal,
    colonnes: colonnes.length,
    fautes: [],
    reparees: [],
    problemes: [],
    donnees: {},
    fichier: { chemin: "", texte: "" },
  };
}

/** Relit une ligne devant celles d’avant, et la vérifie. @param {Ligne} ligne @param {Ligne[]} avant @param {Atelier} atelier */
export async function relit(ligne, avant, atelier) {
  const { savoir, lieux, rangement } = atelier;
  const outils = { ...atelier.outils, cops: async () => [...(await atelier.outils.cops()), ...avant.flatMap(voisine)] };
  const travail = ficheEntiere(outils, null, lieux, rangement);
  const tableau = { ...outils.problemes, ...savoir.problemes };
  const mots = [...ligne.reponses.values()];
  if (mots.length <= 2 && 3 * mots.length <= ligne.colonnes) {
    // Un total, un intertitre ou une remarque : `find_aside` de generator/edits/importing/headings.py.
    ligne.problemes = [phrases(constat([], "ligne-sans-fiche", { valeur: mots.join(", ") }), tableau)];
    return;
  }
  for (let tour = 0; ; tour += 1) {
    const lieu = completeLeLieu(ligne.reponses, ligne.autour, ligne.postal, lieux, outils);
    const paires = [...ligne.reponses, ...Object.entries(lieu.reponses)].filter(
      ([cle]) => !lieu.remplace || !cle.startsWith("collectivite."),
    );
    const toutes = [...paires, ...Object.entries(lieu.remplace ?? {}), ...entree(outils, ligne.reponses)];
    ligne.donnees = travail.lit(
      toutes.flatMap(([cle, texte]) =>
        valeurs(cle, texte, outils.schema).map((mot) => /** @type {[string, string]} */ ([cle, mot])),
      ),
      [],
    );
    const abimees = enErreur(ligne.reponses, savoir);
    const propres = [...ligne.fautes, ...abimees, ...(lieu.faute ? [lieu.faute] : [])].map((un) =>
      phrases(un, tableau),
    );
    const tues = propres.map(({ ou }) => ou.split(".")[0]);
    const trouves = (await travail.verifie(ligne.donnees)).filter(({ ou }) => !tues.includes(ou.split(".")[0]));
    ligne.problemes = [...propres, ...trouves];
    if (tour > 3 || !repare(ligne, savoir)) break;
  }
  ligne.fichier = await travail.fichier(ligne.donnees);
}

/** Une fiche nouvelle entre dans l’annuaire aujourd’hui. @param {Outils} outils @param {Map<string, string>} reponses
 * @returns {[string, string][]} */
const entree = ({ schema, aujourdhui }, reponses) =>
  Object.keys(schema.properties)
    .filter((cle) => schema.properties[cle]["x-jour"] && (schema.required ?? []).includes(cle) && !reponses.has(cle))
    .map((cle) => [cle, aujourdhui]);

/** Ce que le tableur n’a pas su calculer. @param {Map<string, string>} reponses @param {Savoir} savoir */
const enErreur = (reponses, { regles }) =>
  [...reponses]
    .filter(([, texte]) => new RegExp(regles.damage, "iu").test(texte))
    .map(([cle, valeur]) => constat(cle.split("."), "cellule-en-erreur", { valeur }));

/** Récrit ce qui n’a qu’une lecture, là où `cop import` le fait aussi. @param {Ligne} ligne @param {Savoir} savoir @returns {boolean} */
function repare(ligne, { regles }) {
  const sures = ligne.problemes.filter(({ code, ou, juste = "" }) => {
    const ecrit = ligne.reponses.get(ou);
    return (
      regles.certain.includes(code) &&
      ecrit &&
      ecrit !== juste &&
      (!code.startsWith("date") || gardeLesNombres(ecrit, juste))
    );
  });
  for (const { ou, juste = "" } of sures) {
    ligne.reparees.push([ou, ligne.reponses.get(ou) ?? "", juste]);
    ligne.reponses.set(ou, juste);
  }
  return sures.length > 0;
}

/** Une ligne d’avant, telle qu’une COP de l’annuaire la verrait. @param {Ligne} ligne
 * @returns {import("../entries/tools.js").Voisine[]} */
function voisine({ donnees, fichier }) {
  const { nom, type, collectivite: { type: niveau, code, nom: collectivite = "" } = {} } = donnees;
  const [id, dossier] = fichier.chemin
    .replace(/\.yml$/, "")
    .split("/")
    .reverse();
  return code && nom ? [{ id, dossier, nom, type, niveau, code, collectivite }] : [];
}
