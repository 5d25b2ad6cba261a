// Ce que fait chaque bouton du formulaire, par son data-action.
// @ts-check
import { controles, pose, repere } from "./controls.js";
import { nomDe } from "./correction.js";
import { annonce, demande, dit } from "../shared/waiting.js";
import * as message from "./message.js";
import * as envoi from "./sending.js";
import * as forge from "./forge.js";
import { ajoute, geste, remplie } from "./lists.js";

/** Ceux-ci ne changent aucune réponse. */
const SORTIES = new Set(["forge", "courriel", "telecharger", "demande"]);

/** Ce que l’on fait d’une fiche : l’écrire, la corriger, y ajouter une rencontre.
 * @typedef {"nouvelle" | "correction" | "rencontre"} Genre */

/** @param {HTMLFormElement} formulaire @param {import("../entries/tools.js").Outils} outils @param {Genre} genre
 * @param {import("./correction.js").Publiee | null} fiche celle qui est publiée @param {import("./entry.js").Saisie} saisie
 * @param {() => void} commence remet le formulaire tel qu’il commence
 * @returns {(bouton: HTMLButtonElement) => Promise<void>} */
export function gestes(formulaire, outils, genre, fiche, saisie, commence) {
  const { titre = "", corriger = "", dossier = "" } = formulaire.dataset;
  const nouvelle = genre === "nouvelle";
  const nom = () => nomDe(genre === "rencontre" && fiche ? fiche.donnees : saisie.donnees());
  const sujet = () => `${genre === "correction" ? corriger : titre} : ${nom()}`;

  /** @param {HTMLButtonElement} bouton */
  function deplace(bouton) {
    const ligne = /** @type {HTMLElement} */ (bouton.closest(".ligne"));
    const titre = `${ligne.dataset.titre} ${[...(ligne.parentElement?.children ?? [])].indexOf(ligne) + 1}`;
    if (bouton.dataset.action === "retirer" && remplie(ligne) && !demande(`Retirer « ${titre} » et ses réponses ?`))
      return;
    const { mots, repere: suivant } = geste(
      /** @type {HTMLElement} */ (bouton.closest("[data-liste]")),
      ligne,
      bouton.dataset.action ?? "",
    );
    annonce(mots);
    suivant.focus();
  }

  const changements = () =>
    saisie
      .changements()
      .map(
        ([nom, avant, apres]) =>
          `${nom} : ${avant ? `« ${avant} »` : "non renseigné"} devient ${apres ? `« ${apres} »` : "vide"}`,
      );

  /** @type {Record<string, (bouton: HTMLButtonElement) => unknown>} */
  const actions = {
    ajouter(bouton) {
      const liste = /** @type {HTMLElement} */ (bouton.closest("[data-liste]"));
      const champ = /** @type {HTMLElement | null} */ (
        ajoute(liste)?.querySelector("input:not([type=hidden]), select, textarea")
      );
      champ?.focus();
    },
    monter: deplace,
    descendre: deplace,
    retirer: deplace,
    corriger(bouton) {
      const c = controles(formulaire).find((autre) => autre.name === bouton.dataset.ou);
      if (!c) return;
      pose(c, [bouton.dataset.juste ?? ""]);
      c.focus();
      // Comme si la personne l’avait tapé : ce qui suit ce champ doit le savoir.
      for (const nom of ["input", "change"]) c.dispatchEvent(new Event(nom, { bubbles: true }));
    },
    exact() {
      pose(/** @type {HTMLInputElement} */ (formulaire.elements.namedItem("verifiee_le")), [outils.aujourdhui]);
      dit("Noté : la fiche sera vérifiée à la date d’aujourd’hui. Il reste à l’envoyer, en bas de la page.");
    },
    async forge() {
      if (await saisie.prete(true))
        await forge.forge(formulaire, { ...(await saisie.fichier()), correction: !nouvelle });
    },
    async courriel() {
      if (!(await saisie.prete(true))) return;
      const { chemin, texte } = await saisie.fichier();
      const { courriel: adresse = "", site = "", ajouter = "", rectifier = "", requises = "" } = formulaire.dataset;
      const redige = fiche
        ? message.corrige({
            adresse,
            modele: rectifier,
            sujet: sujet(),
            fiche: `${site}${dossier.split("/").at(-1)}/${fiche.id}/`,
            changements: changements(),
            fichier: texte,
          })
        : message.ajoute({
            adresse,
            modele: ajouter,
            sujet: sujet(),
            chemin,
            fichier: texte,
            requises: requises.split(" "),
          });
      await envoi.courriel(formulaire, redige, nouvelle);
    },
    async demande() {
      if (!(await saisie.prete(true))) return;
      await forge.demande(formulaire, {
        ...(await saisie.fichier()),
        fiche: fiche?.id ?? "",
        titre: sujet(),
        changement: changements().join("\n"),
      });
    },
    async telecharger() {
      if (await saisie.prete(false)) envoi.fichier(formulaire, await saisie.fichier());
    },
    effacer() {
      const question =
        genre === "correction" ? "Reprendre la fiche telle qu’elle est publiée ?" : "Effacer toutes vos réponses ?";
      if (!demande(question)) return;
      saisie.oublie();
      commence();
      envoi.suite();
      dit("Le brouillon est effacé.");
      const premiere = /** @type {HTMLElement} */ (formulaire.querySelector(".partie:not([hidden]) .question"));
      repere(premiere).focus();
    },
  };

  return async (bouton) => {
    const action = bouton.dataset.action ?? "";
    if (!Object.hasOwn(actions, action)) return;
    await actions[action](bouton);
    if (SORTIES.has(action)) return;
    if (action !== "effacer") saisie.etat.touche = true;
    await saisie.rafraichit();
  };
}
