// Ce dont le formulaire a besoin, demandé au premier usage, une seule fois.
// @ts-check
import { cops } from "../finder/annuaire.js";
import { charge } from "../shared/data.js";
import { lieux } from "./territories.js";
import { ouvre } from "./schema.js";

/** Ce que l’on dit d’un code : des modèles à trous, `{cle}` ; entre accents graves, ce qui se tape tel quel.
 * @typedef {{gravite: "erreur" | "avertissement", rang: number, quoi: string, pourquoi: string, remede: string,
 *   sur_la_page?: string}} Phrase
 *   `rang` : voir generator/problems/catalogue.py ; `sur_la_page` : la faute, pour qui voit des questions et pas de fichier */
/** Une COP de l’annuaire en court, telle que les contrôles la lisent.
 * @typedef {Pick<import("../finder/annuaire.js").Cop, "id" | "nom" | "niveau" | "code" | "collectivite" | "type" | "dossier">} Voisine */
/** Comment écrire à une mairie : chaque réponse peut manquer. @typedef {{courriel?: string, site?: string}} Mairie */

/** La sorte d’un fichier, dont le schéma porte le nom. @typedef {"cop" | "formation" | "actualite"} Sorte */

/** @typedef {{
 *   schema: import("./schema.js").Noeud,
 *   aujourdhui: string,
 *   problemes: Record<string, Phrase>,
 *   motsDeFonction: Set<string>,
 *   regles: import("./rules.js").Regles,
 *   mois: string[],
 *   echeances: string[],
 *   sorte: Sorte,
 *   formations: Record<string, string>,
 *   organisateurs: Record<string, string>,
 *   actualites: Record<string, string>,
 *   anciensIds: Record<string, string>,
 *   lieux: () => Promise<import("./territories.js").Lieux>,
 *   mairie: (code: string) => Promise<Mairie | undefined>,
 *   cops: () => Promise<Voisine[]>,
 * }} Outils
 *   `schema` : celui de la sorte, ouvert ; `regles` : celles des textes ; `mois` : leurs noms, sans accents ; `mairie` : ne rend rien d’une commune inconnue ou sans adresse ; `formations`, `actualites` : titre par identifiant, `organisateurs` : leur nom par formation ; `anciensIds` : identifiant actuel par
 *   ancien identifiant ; `lieux`, `mairie` et `cops` ne sont demandés au réseau qu’au premier appel */

/** Aujourd’hui à Paris, AAAA-MM-JJ : la Suède écrit ses dates ainsi. @returns {string} */
const aujourdhuiAParis = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" });

/** Tout ce que demandent la vérification et l’écriture. Échoue quand le réseau manque ; un nouvel essai est possible.
 * @param {string} [aujourdhui] AAAA-MM-JJ @param {Sorte} [sorte] @returns {Promise<Outils>} */
export async function prepare(aujourdhui = aujourdhuiAParis(), sorte = "cop") {
  const [publie, { mots_de_fonction: mots, anciens_ids: anciensIds, ...dits }] = await Promise.all([
    charge(`donnees/schema/${sorte}.schema.json`),
    charge("donnees/formulaire.json"),
  ]);
  return {
    ...dits,
    schema: ouvre(publie),
    aujourdhui,
    motsDeFonction: new Set(mots),
    sorte,
    anciensIds,
    lieux,
    mairie: async (code) => {
      const [departement] = (await lieux()).departementsDe("commune", code);
      return departement && (await charge(`donnees/mairies/${departement}.json`)).mairies[code];
    },
    cops,
  };
}
