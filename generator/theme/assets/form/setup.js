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
import { lieu } from "./place.js";
import { remplit } from "./lists.js";
import { saisie } from "./entry.js";

/** @param {HTMLFormElement} formulaire @returns {Promise<(bouton: HTMLButtonElement) => Promise<void>>} ce que fait un bouton */
export async function depart(formulaire) {
  const outils = await prepare();
  const lieux = await outils.lieux();
  dit("");
  const demandee = new URLSearchParams(location.search).get("cop") ?? "";
  const fiche = await correction.publiee(demandee, outils.anciensIds).catch((erreur) => {
    dit(
      raconte(
        erreur,
        `La fiche « ${demandee} » ne se charge pas`,
        "Vérifiez l’adresse ou la connexion. Vous pouvez décrire une nouvelle COP ci-dessous.",
        "Vous pouvez décrire une nouvelle COP ci-dessous.",
      ),
    );
    return null;
  });
  const page = saisie(formulaire, outils, fiche, lieux);

  /** Le formulaire tel qu’il commence : vide, ou rempli de la fiche publiée. */
  function commence() {
    /** @type {HTMLElement} */ (document.getElementById("formulaire-reprise")).hidden = true;
    remplit(formulaire, aplatit(page.base));
  }

  /** Une fiche nouvelle entre dans l’annuaire aujourd’hui. */
  function inscrit() {
    const inscription = /** @type {HTMLInputElement} */ (formulaire.elements.namedItem("inscrite_le"));
    if (!fiche && !inscription.value) pose(inscription, [outils.aujourdhui]);
  }

  const garde = brouillon.reprend(page.id);
  if (garde) reprend(formulaire, page, garde);
  else if (fiche) commence();
  // Ce que la personne a tapé pendant le chargement reste.
  else page.etat.touche = paires(formulaire).some(([, valeur]) => valeur);
  inscrit();
  if (page.etat.touche) quittees(formulaire, page.vues);

  if (fiche) correction.presente(formulaire, fiche);
  const relitLeLieu = await lieu(
    formulaire,
    outils,
    lieux,
    page.id,
    () => {
      page.etat.touche = true;
      page.rafraichit();
    },
    page.calme,
  );
  ecoute(formulaire, page, (c) => redresse(c, outils, lieux));
  await page.rafraichit();
  return gestes(formulaire, outils, fiche, page, () => {
    commence();
    inscrit();
    relitLeLieu();
  });
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
    if (e.key === brouillon.cle(page.id) && e.newValue)
      dit("Un autre onglet remplit la même fiche : le brouillon gardé sera celui où vous avez écrit en dernier.");
  });
}
