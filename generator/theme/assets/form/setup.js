// Le formulaire se met en route : ce qu’il reprend, puis ce qu’il écoute. Chargé au premier geste.
// @ts-check
import { prepare } from "../entries/tools.js";
import { aplatit } from "../entries/answers.js";
import { raconte } from "../shared/failures.js";
import * as brouillon from "./draft.js";
import { paires, pose } from "./controls.js";
import * as correction from "./correction.js";
import { dit } from "../shared/waiting.js";
import { redresse } from "./meanings.js";
import { gestes } from "./actions.js";
import { choisitLaCop } from "./choosing.js";
import { lieu } from "./place.js";
import { propose } from "./known.js";
import { remplit } from "./lists.js";
import { saisie } from "./entry.js";
import { ficheEntiere, rencontreDePlus } from "./works.js";

/** @param {HTMLFormElement} formulaire @returns {Promise<(bouton: HTMLButtonElement) => Promise<void>>} ce que fait un bouton */
export async function depart(formulaire) {
  const { forme, dossier = "" } = formulaire.dataset;
  const sorte = /** @type {import("../entries/tools.js").Sorte} */ (formulaire.dataset.sorte);
  const outils = await prepare(undefined, sorte);
  const lieux = await outils.lieux();
  dit("");
  const demandee = new URLSearchParams(location.search).get(sorte) ?? "";
  const fiche = await correction.publiee(demandee, outils, dossier).catch((erreur) => {
    const suite = formulaire.dataset.sinon ?? "";
    const quoi = `La fiche « ${demandee} » ne se charge pas`;
    dit(raconte(erreur, quoi, `Vérifiez l’adresse ou la connexion. ${suite}`, suite));
    return null;
  });
  propose(lieux);
  if (forme === "rencontre") {
    enDeuxTemps(formulaire, fiche !== null);
    if (!fiche) {
      choisitLaCop(lieux);
      return async () => {};
    }
  }
  const travail =
    forme === "rencontre" && fiche ? rencontreDePlus(outils, fiche) : ficheEntiere(outils, fiche, lieux, dossier);
  const corrige = fiche !== null && forme !== "rencontre";
  const page = saisie(formulaire, outils, travail, corrige, lieux);

  /** Le formulaire tel qu’il commence : vide, ou rempli de la fiche publiée. */
  function commence() {
    /** @type {HTMLElement} */ (document.getElementById("formulaire-reprise")).hidden = true;
    remplit(formulaire, aplatit(page.base));
  }

  /** Une fiche nouvelle entre dans l’annuaire aujourd’hui. */
  function inscrit() {
    for (const [cle, noeud] of Object.entries(outils.schema.properties)) {
      const champ = noeud["x-jour"] && /** @type {HTMLInputElement | null} */ (formulaire.elements.namedItem(cle));
      if (champ && !fiche && !champ.value) pose(champ, [outils.aujourdhui]);
    }
  }

  const garde = brouillon.reprend(page.cle);
  if (garde) reprend(formulaire, page, garde);
  else if (corrige) commence();
  // Ce que la personne a tapé pendant le chargement reste.
  else page.etat.touche = paires(formulaire).some(([, valeur]) => valeur);
  inscrit();
  if (page.etat.touche) quittees(formulaire, page.vues);

  if (fiche && corrige) correction.presente(formulaire, fiche, outils);
  else if (fiche) correction.presenteRencontre(formulaire, fiche);
  const change = () => {
    page.etat.touche = true;
    page.rafraichit();
  };
  const relitLeLieu =
    forme === "cop" ? await lieu(formulaire, outils, lieux, fiche?.id ?? "", change, page.calme) : async () => {};
  ecoute(formulaire, page, (c) => redresse(c, outils, lieux));
  await page.rafraichit();
  return gestes(formulaire, outils, corrige ? "correction" : fiche ? "rencontre" : "nouvelle", fiche, page, () => {
    commence();
    inscrit();
    relitLeLieu();
  });
}

/** D’abord la COP, puis sa rencontre. @param {HTMLFormElement} formulaire @param {boolean} choisie */
function enDeuxTemps(formulaire, choisie) {
  for (const p of /** @type {NodeListOf<HTMLElement>} */ (formulaire.querySelectorAll(".partie")))
    p.hidden = (p.id === "partie-cop") === choisie;
}

/** Les questions déjà répondues ont été quittées, sauf celle où la personne écrit.
 * @param {HTMLFormElement} formulaire @param {Set<string>} vues */
function quittees(formulaire, vues) {
  const ici = /** @type {{name?: string} | null} */ (document.activeElement)?.name;
  for (const [nom, valeur] of paires(formulaire)) if (valeur && nom !== ici) vues.add(nom);
}

/** @param {HTMLFormElement} formulaire @param {import("./entry.js").Saisie} page @param {brouillon.Brouillon} garde */
function reprend(formulaire, page, garde) {
  const reprise = /** @type {HTMLElement} */ (document.getElementById("formulaire-reprise"));
  remplit(formulaire, brouillon.suit(garde, page.base));
  page.etat.touche = true;
  const quand = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeStyle: "short" }).format(
    new Date(garde.quand),
  );
  dit(
    JSON.stringify(garde.base) === JSON.stringify(page.base)
      ? `Votre brouillon du ${quand} est repris.`
      : `Votre brouillon du ${quand} est repris. La fiche a changé depuis : ce que vous n’aviez pas touché a suivi. Relisez, en bas, ce que vous changez.`,
  );
  reprise.hidden = false;
}

/** @param {HTMLFormElement} formulaire @param {import("./entry.js").Saisie} page
 * @param {(c: import("./controls.js").Controle) => string | undefined} juste la forme que garde l’annuaire */
function ecoute(formulaire, page, juste) {
  formulaire.addEventListener("input", () => {
    page.etat.touche = true;
    page.rafraichit();
  });
  // Avant tous les autres : ils liront la valeur redressée.
  formulaire.addEventListener(
    "change",
    (e) => {
      const c = /** @type {import("./controls.js").Controle} */ (e.target);
      const voulue = c.name && juste(c);
      if (voulue && voulue !== c.value) pose(c, [voulue]);
    },
    true,
  );
  formulaire.addEventListener("change", (e) => {
    page.vues.add(/** @type {HTMLInputElement} */ (e.target).name);
    page.rafraichit();
  });
  formulaire.addEventListener("focusout", (e) => {
    const quittee = /** @type {HTMLElement} */ (e.target).closest(".question");
    const groupe = quittee?.parentElement?.closest(".question");
    const vers = /** @type {Node | null} */ (e.relatedTarget);
    for (const q of [quittee, groupe]) {
      const nom = /** @type {HTMLElement | null | undefined} */ (q)?.dataset.champ;
      if (q && nom && !q.contains(vers) && page.etat.touche) page.vues.add(nom);
    }
    page.montreLesProblemes();
  });
  addEventListener("storage", (e) => {
    if (e.key === brouillon.cle(page.cle) && e.newValue)
      dit("Un autre onglet remplit la même fiche : le brouillon gardé sera celui où vous avez écrit en dernier.");
  });
}
