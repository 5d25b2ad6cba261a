// La fiche que l’on remplit : lire les réponses, les vérifier, les montrer, en garder le brouillon.
// @ts-check
import { cops } from "../finder/annuaire.js";
import { ecrit } from "../entries/writer.js";
import { dossier, identifiant } from "../entries/naming.js";
import { imbrique, reouvre } from "../entries/answers.js";
import { verifie } from "../entries/check.js";
import { aDefaut } from "../shared/failures.js";
import * as apercu from "./preview.js";
import * as brouillon from "./draft.js";
import { annote, appelle, controles, paires, souris } from "./controls.js";
import * as correction from "./correction.js";
import { dit } from "../shared/waiting.js";
import { enClair } from "./meanings.js";
import { montre, resume } from "./problems.js";

/** @typedef {import("./problems.js").Probleme} Probleme */
/** @typedef {ReturnType<typeof saisie>} Saisie */

/** Une faute que seule la page peut voir. @param {string} ou @param {string} quoi @param {string} remede @returns {Probleme} */
function faute(ou, quoi, remede) {
  const modeles = { quoi, pourquoi: "", remede };
  return { ou, code: "page", gravite: "erreur", ...modeles, modeles, valeurs: {} };
}

/** @param {HTMLFormElement} formulaire @param {import("../entries/tools.js").Outils} outils
 * @param {import("./correction.js").Publiee | null} fiche celle que l’on corrige
 * @param {import("../entries/territories.js").Lieux} lieux */
export function saisie(formulaire, outils, fiche, lieux) {
  const base = fiche?.donnees ?? {};
  const id = fiche?.id ?? "";
  /** Les questions quittées : on ne reproche rien avant. @type {Set<string>} */
  const vues = new Set();
  /** Une réponse a été donnée ; tout doit se dire ; l’accord est demandé. */
  const etat = { touche: false, tout: false, accord: false };
  const calme = souris(formulaire);
  let sansBrouillon = false;
  let tour = 0;
  /** @type {Record<string, any>} */
  let donnees = {};
  /** @type {Probleme[]} */
  let problemes = [];

  /** Les réponses, telles que la fiche les gardera. */
  function lit() {
    const montres = controles(formulaire).map((c) => c.name);
    return reouvre(imbrique(paires(formulaire), outils.schema, { base, montres }), base, outils.aujourdhui);
  }

  /** Le nom et le texte du fichier. */
  async function fichier() {
    const texte = Object.keys(donnees).length ? ecrit(donnees, outils) : "";
    if (fiche) return { chemin: fiche.chemin, texte };
    const place = donnees.collectivite;
    if (!(place?.code && donnees.nom)) return { chemin: "", texte };
    const pris = [
      ...(await cops().catch(aDefaut(/** @type {import("../finder/annuaire.js").Cop[]} */ ([])))).map((c) => c.id),
      ...Object.keys(outils.anciensIds),
    ];
    return {
      chemin: `cops/${dossier(place, donnees.perimetre, lieux) ?? "…"}/${identifiant(place, donnees.nom, lieux, pris)}.yml`,
      texte,
    };
  }

  /** @param {Probleme} p */
  const visible = (p) => {
    if (etat.tout || vues.has(p.ou)) return true;
    const attente = p.code === "cle-manquante" || p.code === "contact-sans-moyen";
    return !attente && [...vues].some((nom) => p.ou.startsWith(`${nom}.`) || nom.startsWith(`${p.ou}.`));
  };

  /** Ce que le navigateur ne laisse pas lire, et l’accord. @returns {Probleme[]} */
  function dansLaPage() {
    const accord = /** @type {HTMLInputElement | null} */ (document.getElementById("q-accord"));
    return [
      ...controles(formulaire)
        .filter((c) => c.validity.badInput)
        .map((c) =>
          faute(c.name, "Cette date n’est pas complète.", "Donnez le jour, le mois et l’année, ou effacez-la."),
        ),
      ...(etat.accord && accord && !accord.checked
        ? [faute("_accord", "Cochez la case pour accepter la publication.", "")]
        : []),
    ];
  }

  function garde() {
    if (!etat.touche || brouillon.garde(id, paires(formulaire), base) || sansBrouillon) return;
    sansBrouillon = true;
    dit("Ce navigateur ne garde pas de brouillon : terminez sans recharger la page.");
  }

  const montreLesProblemes = () => calme().then(() => montre(formulaire, problemes, visible));
  const changements = () => correction.changements(formulaire, outils.schema, base, donnees);

  /** Relit tout et le remontre. @param {boolean} [vient] la personne vient de demander l’envoi */
  async function rafraichit(vient = false) {
    const mien = ++tour;
    appelle(formulaire);
    donnees = lit();
    garde();
    const trouves = await verifie(donnees, outils, id);
    const ecritLe = await fichier();
    await calme();
    if (mien !== tour && !vient) return;
    const ici = dansLaPage();
    problemes = [...trouves.filter((p) => !ici.some((autre) => autre.ou === p.ou)), ...ici];
    montre(formulaire, problemes, visible);
    annote(formulaire, (c) => enClair(c, outils, lieux));
    apercu.montre(formulaire, donnees, ecritLe, outils.schema);
    if (fiche) correction.montre(changements());
    if (etat.tout) resume(formulaire, problemes, vient);
  }

  return {
    id,
    base,
    vues,
    etat,
    calme,
    changements,
    fichier,
    montreLesProblemes,
    rafraichit,
    /** @returns {Record<string, any>} */
    donnees: () => donnees,
    /** Tout est prêt pour partir ? Sinon, dit ce qui manque. @param {boolean} accord faut-il l’accord de publication */
    async prete(accord) {
      Object.assign(etat, { tout: true, accord });
      await rafraichit(true);
      return problemes.every((p) => p.gravite !== "erreur");
    },
    oublie() {
      brouillon.efface(id);
      vues.clear();
      Object.assign(etat, { touche: false, tout: false, accord: false });
      resume(formulaire, [], false);
    },
  };
}
