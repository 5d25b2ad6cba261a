// La fiche que l’on remplit : lire les réponses, les vérifier, les montrer, en garder le brouillon.
// @ts-check
import * as apercu from "./preview.js";
import * as brouillon from "./draft.js";
import { annote, appelle, controles, montres, paires, souris } from "./controls.js";
import * as changes from "./changes.js";
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
 * @param {import("./works.js").Travail} travail ce que l’on remplit @param {boolean} corrige une fiche publiée se corrige
 * @param {import("../entries/territories.js").Lieux} lieux */
export function saisie(formulaire, outils, travail, corrige, lieux) {
  const { base, cle } = travail;
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
  const lit = () => travail.lit(paires(formulaire), montres(formulaire));
  /** Le nom et le texte du fichier. */
  const fichier = () => travail.fichier(donnees);

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
    if (!etat.touche || brouillon.garde(cle, paires(formulaire), base) || sansBrouillon) return;
    sansBrouillon = true;
    dit("Ce navigateur ne garde pas de brouillon : terminez sans recharger la page.");
  }

  const montreLesProblemes = () => calme().then(() => montre(formulaire, problemes, visible, outils.schema));
  const changements = () => changes.changements(formulaire, outils.schema, base, donnees);

  /** Relit tout et le remontre. @param {boolean} [vient] la personne vient de demander l’envoi */
  async function rafraichit(vient = false) {
    const mien = ++tour;
    appelle(formulaire);
    donnees = lit();
    garde();
    const trouves = await travail.verifie(donnees);
    const ecritLe = await fichier();
    await calme();
    if (mien !== tour && !vient) return;
    const ici = dansLaPage();
    problemes = [...trouves.filter((p) => !ici.some((autre) => autre.ou === p.ou)), ...ici];
    montre(formulaire, problemes, visible, outils.schema);
    annote(formulaire, (c) => enClair(c, outils, lieux));
    apercu.montre(formulaire, donnees, ecritLe, outils);
    if (corrige) changes.montre(changements());
    if (etat.tout) resume(formulaire, problemes, vient, outils.schema);
  }

  return {
    cle,
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
      brouillon.efface(cle);
      vues.clear();
      Object.assign(etat, { touche: false, tout: false, accord: false });
      resume(formulaire, [], false, outils.schema);
    },
  };
}
