// La page qui lit un tableau : ce qu’elle écoute, ce qu’elle montre. Chargé au premier geste ; rien ne sort du navigateur avant que
// la personne n’envoie, et rien n’y reste.
// @ts-check
import { charge } from "../shared/data.js";
import { raconte } from "../shared/failures.js";
import { typo } from "../shared/waiting.js";
import { prepare } from "../entries/tools.js";
import { Illisible, lisTableau } from "./cells.js";
import { envoie, sorties } from "./exits.js";
import { cleDe } from "./fields.js";
import { lisFichier } from "./files.js";
import { lisTitres } from "./headings.js";
import { ouvre, relit } from "./rows.js";
import { compte, raconteTitres } from "./saying.js";
import { estPrete, montre } from "./showing.js";
import { ecritTableau } from "./table.js";
import { souris } from "../form/controls.js";
import { suite, telecharge } from "../form/sending.js";

/** @typedef {import("./rows.js").Ligne} Ligne */

/** Rend la main au navigateur. */
const souffle = () => new Promise((suite) => setTimeout(suite));

/** @param {string} id @returns {HTMLElement} */
const zone = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {HTMLElement} page @returns {Promise<(source: string | File) => Promise<void>>} lit un texte ou un fichier */
export async function depart(page) {
  /** @type {[import("./headings.js").Savoir, import("../entries/tools.js").Outils]} */
  const [savoir, outils] = await Promise.all([charge("donnees/import.json"), prepare()]);
  const atelier = { outils, savoir, lieux: await outils.lieux(), rangement: page.dataset.dossier ?? "" };
  const cles = new Set(Object.values(savoir.titres));
  const etat = zone("coller-etat");
  const dit = (/** @type {string} */ mots) => {
    if (etat.textContent !== typo(mots)) etat.textContent = typo(mots);
  };
  const calme = souris(page);
  /** @type {Ligne[]} */
  let lignes = [];
  /** @type {import("./headings.js").Colonne[]} */
  let colonnes = [];

  let tour = 0;
  /** Relit les lignes : chacune se compare à celles d’avant. Une correction plus récente recommence. */
  async function relitTout() {
    const mien = ++tour;
    const vue = {
      schema: outils.schema,
      colonnes,
      cles,
      sorties: sorties(page),
      meme: (/** @type {Ligne} */ une) => pareilles(une).length,
    };
    for (let rang = 0; rang < lignes.length; rang += 1) {
      await relit(lignes[rang], lignes.slice(0, rang), atelier);
      await calme();
      if (mien !== tour) return;
      montre(zone("coller-lignes"), lignes[rang], vue);
      // La page répond entre deux lots.
      if (rang % 20 === 19) await souffle();
    }
    dit(compte(lignes.length, lignes.filter(estPrete).length));
  }

  /** @param {string} texte @param {string} note */
  async function lis(texte, note) {
    const tableau = lisTableau(texte, savoir);
    const lus = lisTitres(tableau, savoir, outils.schema);
    colonnes = lus.colonnes;
    const manque = lus.fautes.some(({ constat }) => constat.code === "colonne-manquante");
    lignes = manque ? [] : tableau.lignes.map((une) => ouvre(une, colonnes, savoir, outils.schema));
    for (const { constat, ligne } of lus.fautes) lignes.find(({ numero }) => numero === ligne)?.fautes.push(constat);
    const notes = [note, tableau.numero > 1 ? `Titres lus à la ligne ${tableau.numero}.` : ""].filter(Boolean);
    zone("coller-fautes").replaceChildren(...raconteTitres(notes, lus.fautes, savoir.problemes));
    page.append(zone("envoi-suite"), zone("envoi-texte")); // la ligne qui les tenait s’en va
    suite();
    zone("coller-lignes").replaceChildren();
    zone("coller-suite").hidden = false;
    zone("coller-envoi").hidden = manque;
    if (manque) dit("Aucune ligne n’est lue : il manque une colonne.");
    else await relitTout();
  }

  /** @param {Element} ici @returns {Ligne | undefined} */
  const ligneDe = (ici) => lignes.find(({ numero }) => ici.closest("li")?.dataset.numero === String(numero));

  page.addEventListener("change", async (e) => {
    const champ = /** @type {HTMLInputElement} */ (e.target);
    const voulue = ligneDe(champ);
    if (champ.dataset.cle && voulue) await corrige([voulue], champ.dataset.cle, champ.value);
  });

  /** Les autres lignes où la même cellule, avec le même texte, est à revoir. @param {Ligne} une @returns {Ligne[]} */
  const pareilles = (une) =>
    lignes.filter(
      (autre) =>
        autre !== une &&
        une.corrigee?.apres &&
        (autre.reponses.get(une.corrigee.cle) ?? "") === une.corrigee.avant &&
        autre.problemes.some(
          ({ ou, gravite }) => gravite === "erreur" && une.corrigee?.cle === cleDe(ou, autre, outils.schema, cles),
        ),
    );

  /** @param {Ligne[]} voulues @param {string} cle @param {string} apres */
  async function corrige(voulues, cle, apres) {
    for (const une of voulues) {
      if (cle.startsWith("collectivite.")) une.autour = []; // ce que la personne récrit décide
      une.corrigee = { cle, avant: une.reponses.get(cle) ?? "", apres: apres.trim() };
      if (apres.trim()) une.reponses.set(cle, apres.trim());
      else une.reponses.delete(cle);
    }
    // Le clavier passe d’abord au champ suivant.
    await souffle();
    await relitTout();
  }

  page.addEventListener("click", async (e) => {
    const bouton = /** @type {HTMLButtonElement | null} */ (
      /** @type {Element} */ (e.target).closest("button[data-geste]")
    );
    if (!bouton) return;
    const { geste = "", cle = "", juste = "" } = bouton.dataset;
    const voulue = ligneDe(bouton);
    if (geste === "tout") telecharge("cop.csv", ecritTableau(lignes, colonnes, savoir), "text/csv");
    else if (!voulue) return;
    else if (geste === "juste") await corrige([voulue], cle, juste);
    else if (geste === "meme" && voulue.corrigee) {
      const { cle: sienne, apres } = voulue.corrigee;
      await corrige(pareilles(voulue), sienne, apres);
    } else await envoie(page, geste, voulue, outils.schema);
  });

  return async (source) => {
    dit("Un instant : le tableau se lit.");
    try {
      const { texte, note } =
        typeof source === "string" ? { texte: source, note: "" } : await lisFichier(source, savoir);
      await lis(texte, note);
    } catch (erreur) {
      zone("coller-suite").hidden = true;
      if (erreur instanceof Illisible) dit(`${erreur.message} ${page.dataset.sinon ?? ""}`);
      else dit(raconte(erreur, "Le tableau ne se lit pas", "Vérifiez la connexion."));
    }
  };
}
