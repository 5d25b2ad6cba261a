// Ce que deviennent les réponses : un fichier entier, ou une rencontre de plus dans celui d’une COP.
// @ts-check
import { ajoute, ecrit } from "../entries/writer.js";
import { dossier, identifiant, identifiantDe } from "../entries/naming.js";
import { imbrique } from "../entries/answers.js";
import { reouvre } from "../entries/revisions.js";
import { noeud } from "../entries/schema.js";
import { verifie } from "../entries/check.js";
import { aDefaut } from "../shared/failures.js";

/** @typedef {import("../entries/tools.js").Outils} Outils */
/** @typedef {import("../entries/answers.js").Donnees} Donnees */
/** @typedef {import("./problems.js").Probleme} Probleme */

/** Ce que l’on remplit : `base`, ce qui y est déjà écrit ; `cle`, le nom de son brouillon ; `lit`, ce que disent les réponses.
 * @typedef {{cle: string, base: Donnees, lit: (paires: [string, string][], montres: string[]) => Donnees,
 *   verifie: (donnees: Donnees) => Promise<Probleme[]>,
 *   fichier: (donnees: Donnees) => Promise<{chemin: string, texte: string}>}} Travail */

/** Le nom de son brouillon ; celui d’une COP se gardait avant qu’il y ait d’autres formulaires.
 * @param {string} forme @param {string} id @returns {string} */
const cle = (forme, id) => (forme === "cop" ? id : `${forme}:${id}`);

/** @param {Outils} outils @param {import("./correction.js").Publiee | null} fiche celle que l’on corrige
 * @param {import("../entries/territories.js").Lieux} lieux @param {string} rangement le dossier des fichiers de cette sorte
 * @returns {Travail} */
export function ficheEntiere(outils, fiche, lieux, rangement) {
  const { sorte, aujourdhui } = outils;
  const base = fiche?.donnees ?? {};

  /** Où irait une fiche nouvelle ; vide tant que ses réponses ne le disent pas. @param {Donnees} donnees */
  async function chemin(donnees) {
    if (sorte !== "cop") {
      const pris = Object.keys(sorte === "formation" ? outils.formations : outils.actualites);
      const jour = sorte === "actualite" ? aujourdhui : "";
      return donnees.titre ? `${rangement}/${identifiantDe(donnees.titre, jour, pris)}.yml` : "";
    }
    const place = donnees.collectivite;
    if (!(place?.code && donnees.nom)) return "";
    const connues = await outils.cops().catch(aDefaut(/** @type {import("../entries/tools.js").Voisine[]} */ ([])));
    const pris = [...connues.map((c) => c.id), ...Object.keys(outils.anciensIds)];
    const ou = dossier(place, donnees.perimetre, lieux) ?? "…";
    return `${rangement}/${ou}/${identifiant(place, donnees.nom, lieux, pris)}.yml`;
  }

  return {
    cle: cle(sorte, fiche?.id ?? ""),
    base,
    lit: (paires, montres) => reouvre(imbrique(paires, outils, { base, montres }), base, outils),
    verifie: (donnees) => verifie(donnees, outils, fiche?.id ?? ""),
    fichier: async (donnees) => ({
      chemin: fiche?.chemin ?? (await chemin(donnees)),
      texte: Object.keys(donnees).length ? ecrit(donnees, outils) : "",
    }),
  };
}

/** Une rencontre de plus : le reste du fichier ne change pas d’un signe, sauf s’il est écrit d’une façon qui n’est pas la nôtre.
 * @param {Outils} outils @param {import("./correction.js").Publiee} fiche @returns {Travail} */
export function rencontreDePlus(outils, fiche) {
  /** @type {Donnees[]} */
  const connues = fiche.donnees.rencontres ?? [];
  const entiere = (/** @type {Donnees} */ { rencontres }) => ({
    ...fiche.donnees,
    rencontres: [...connues, ...(rencontres ?? [])],
  });
  /** La question de la page, pour une place dans la fiche entière ; rien quand la page ne l’a pas posée. @param {string} ou */
  const sienne = (ou) => {
    const debut = `rencontres.${connues.length}`;
    return ou === debut || ou.startsWith(`${debut}.`) ? `rencontres.0${ou.slice(debut.length)}` : "";
  };
  return {
    cle: cle("rencontre", fiche.id),
    base: {},
    lit: (paires) => reouvre(imbrique(paires, outils), { rencontres: connues }, outils),
    async verifie(donnees) {
      // Rien n’est encore répondu : il manque tout ce que demande une rencontre.
      const avec = donnees.rencontres ? donnees : { rencontres: [{}] };
      const trouves = await verifie(entiere(avec), outils, fiche.id);
      return trouves.flatMap((un) => (sienne(un.ou) ? [{ ...un, ou: sienne(un.ou) }] : []));
    },
    async fichier(donnees) {
      const une = donnees.rencontres?.[0];
      if (!une) return { chemin: fiche.chemin, texte: "" };
      const schema = /** @type {import("../entries/schema.js").Noeud} */ (noeud(outils.schema, "rencontres")?.items);
      const texte = fiche.ajout
        ? ajoute(fiche.texte, fiche.ajout, une, schema, outils.regles)
        : ecrit(entiere(donnees), outils);
      return { chemin: fiche.chemin, texte };
    },
  };
}
