// La page qui lit un tableau : ce qu’elle écoute, ce qu’elle montre. Chargé au premier geste ; rien ne sort du navigateur avant que
// la personne n’envoie, et rien n’y reste.
// @ts-check
import { charge, element } from "../shared/data.js";
import { raconte } from "../shared/failures.js";
import { typo } from "../shared/waiting.js";
import { phrases } from "../entries/sentences.js";
import { prepare } from "../entries/tools.js";
import { Illisible, lisTableau } from "./cells.js";
import { envoie, sorties } from "./exits.js";
import { cleDe } from "./fields.js";
import { lisFichier } from "./files.js";
import { lisTitres } from "./headings.js";
import { ouvre, relit } from "./rows.js";
import { estPrete, montre } from "./showing.js";
import { ecritTableau } from "./table.js";
import { souris } from "../form/controls.js";
import { telecharge } from "../form/sending.js";

/** @typedef {import("./rows.js").Ligne} Ligne */

/** @param {string} id @returns {HTMLElement} */
const zone = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {HTMLFormElement} page @returns {Promise<(source: string | File) => Promise<void>>} lit un texte ou un fichier */
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

  /** Relit les lignes à partir d’une : chacune se compare à celles d’avant. @param {number} [debut] */
  async function relitTout(debut = 0) {
    const vue = {
      schema: outils.schema,
      colonnes,
      cles,
      sorties: sorties(page),
      meme: (/** @type {Ligne} */ une) => pareilles(une).length,
    };
    for (let rang = debut; rang < lignes.length; rang += 1) {
      await relit(lignes[rang], lignes.slice(0, rang), atelier);
      await calme();
      montre(zone("coller-lignes"), lignes[rang], vue);
      // La page répond entre deux lots.
      if (rang % 20 === 19) await new Promise((suite) => setTimeout(suite));
    }
    const pretes = lignes.filter(estPrete).length;
    const nombre = (/** @type {number} */ n, /** @type {string} */ mot) => `${n} ${mot}${n > 1 ? "s" : ""}`;
    const reste = lignes.length - pretes;
    dit(
      `${nombre(lignes.length, "ligne lue").replace("ligne lue", lignes.length > 1 ? "lignes lue" : "ligne lue")} : ${nombre(pretes, "prête")}${reste ? `, ${reste} à revoir` : ""}.`,
    );
  }

  /** @param {string} texte @param {string} note */
  async function lis(texte, note) {
    const tableau = lisTableau(texte, savoir);
    const lus = lisTitres(tableau, savoir, outils.schema);
    colonnes = lus.colonnes;
    const manque = lus.fautes.some(({ constat }) => constat.code === "colonne-manquante");
    lignes = manque ? [] : tableau.lignes.map((une) => ouvre(une, colonnes, savoir));
    for (const { constat, ligne } of lus.fautes) lignes.find(({ numero }) => numero === ligne)?.fautes.push(constat);
    const notes = [note, tableau.numero > 1 ? `Titres lus à la ligne ${tableau.numero}.` : ""].filter(Boolean);
    zone("coller-fautes").replaceChildren(
      ...notes.map((mots) => element("p", { class: "menu" }, typo(mots))),
      ...lus.fautes
        .filter(({ ligne }) => ligne === undefined)
        .map(({ constat, colonne }) => {
          const p = phrases(constat, savoir.problemes);
          const ou = element("strong", {}, typo(colonne ? `À revoir, ${colonne} :` : "À revoir :"));
          return element("p", { class: "question__erreur" }, ou, ` ${[p.quoi, p.pourquoi, p.remede].join(" ")}`);
        }),
    );
    zone("coller-lignes").replaceChildren();
    zone("coller-suite").hidden = false;
    zone("coller-envoi").hidden = manque;
    if (manque) dit("Aucune ligne n’est lue : il manque une colonne.");
    else await relitTout();
  }

  page.addEventListener("change", async (e) => {
    const champ = /** @type {HTMLInputElement} */ (e.target);
    const rang = lignes.findIndex(({ numero }) => champ.closest("li")?.dataset.numero === String(numero));
    if (champ.dataset.cle && rang >= 0) await corrige([lignes[rang]], champ.dataset.cle, champ.value);
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
      une.corrigee = { cle, avant: une.reponses.get(cle) ?? "", apres: apres.trim() };
      if (apres.trim()) une.reponses.set(cle, apres.trim());
      else une.reponses.delete(cle);
    }
    await relitTout();
  }

  page.addEventListener("click", async (e) => {
    const bouton = /** @type {HTMLButtonElement | null} */ (
      /** @type {Element} */ (e.target).closest("button[data-geste]")
    );
    if (!bouton) return;
    const { geste = "", cle = "", juste = "" } = bouton.dataset;
    const rang = lignes.findIndex(({ numero }) => bouton.closest("li")?.dataset.numero === String(numero));
    if (geste === "tout") telecharge("cop.csv", ecritTableau(lignes, colonnes, savoir), "text/csv");
    else if (geste === "juste") await corrige([lignes[rang]], cle, juste);
    else if (geste === "meme")
      await corrige(pareilles(lignes[rang]), lignes[rang].corrigee?.cle ?? "", lignes[rang].corrigee?.apres ?? "");
    else if (rang >= 0) await envoie(page, geste, lignes[rang], outils.schema);
  });

  return async (source) => {
    dit("Un instant : le tableau se lit.");
    try {
      const { texte, note } =
        typeof source === "string"
          ? { texte: source, note: "" }
          : await lisFichier(source, savoir, page.dataset.courriel ?? "");
      await lis(texte, note);
    } catch (erreur) {
      zone("coller-suite").hidden = true;
      if (erreur instanceof Illisible) dit(`${erreur.message} ${page.dataset.sinon ?? ""}`);
      else dit(raconte(erreur, "Le tableau ne se lit pas", "Vérifiez la connexion."));
    }
  };
}
