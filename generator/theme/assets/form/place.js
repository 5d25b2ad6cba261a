// La collectivité : un nom, un code postal ou un code INSEE suffit, le reste se remplit et se dit.
// @ts-check
import { cops } from "../finder/annuaire.js";
import { choixLieu } from "../finder/combobox.js";
import { aDefaut } from "../shared/failures.js";
import { pose, va } from "./controls.js";
import { aChoisir, bouton, decrit, dejaLa, presentation, racontes } from "./place_words.js";

/** @typedef {import("../entries/tools.js").Outils} Outils */
/** @typedef {import("../entries/territories.js").Lieu} Lieu */
/** @typedef {import("../entries/territories.js").Lieux} Lieux */

/** Branche le choix du lieu et tient à jour ce que l’on en dit.
 * @param {HTMLFormElement} formulaire @param {Outils} outils @param {Lieux} lieux
 * @param {string} corrigee identifiant de la fiche que l’on corrige
 * @param {() => void} change à appeler quand une réponse a été écrite ici
 * @param {() => Promise<void>} calme à attendre avant de changer la page
 * @returns {Promise<() => Promise<void>>} relit les cases, remplies par d’autres */
export async function lieu(formulaire, outils, lieux, corrigee, change, calme) {
  const champ = (/** @type {string} */ nom) => /** @type {HTMLInputElement} */ (formulaire.elements.namedItem(nom));
  const [chercheur, type, code, nom, page] = [
    "_lieu",
    "collectivite.type",
    "collectivite.code",
    "collectivite.nom",
    "contact.page",
  ].map(champ);
  const zone = /** @type {HTMLElement} */ (document.getElementById("lieu-connu"));
  /** Les trois cases que remplit un lieu choisi : elles se replient. */
  const cases = /** @type {HTMLElement} */ (formulaire.querySelector('[data-champ="collectivite"]'));
  /** Ce que nous avons écrit nous-mêmes se remplace ; ce que la personne a tapé, non. @type {Map<HTMLInputElement, string>} */
  const propose = new Map();
  const libre = (/** @type {HTMLInputElement} */ c) => !c.value || c.value === propose.get(c);
  const ecrit = (/** @type {HTMLInputElement} */ c, /** @type {string} */ valeur) => {
    pose(c, [valeur]);
    propose.set(c, valeur);
  };
  const remplit = (/** @type {HTMLInputElement} */ c, /** @type {string} */ valeur) => {
    if (libre(c)) ecrit(c, valeur);
  };

  /** Le lieu choisi dans la liste. @type {Lieu | undefined} */
  let choisi;
  /** @param {Lieu} l */
  function prend(l) {
    choisi = l;
    ecrit(type, l.type);
    ecrit(code, l.code);
    ecrit(nom, l.nom);
    cases.hidden = true;
    change();
    return presente(true);
  }

  /** Le lieu que disent les cases, où qu’on les ait remplies. Deux chiffres commencent bien des codes : ils ne sont un
   * département qu’une fois le champ quitté. @param {boolean} fini @returns {Lieu | undefined} */
  const connu = (fini) => {
    const c = code.value.trim();
    if (!libre(type)) return lieux.collectivite(type.value, c);
    return c.length === 2 && !fini ? undefined : lieux.deCode(c, outils.regles.kinds["code-territoire"]);
  };

  let dit = "";
  /** @param {boolean} fini la personne a quitté le champ @param {boolean} [ecrire] faux : dit ce qui est là, n’ajoute rien */
  async function presente(fini, ecrire = true) {
    const l = connu(fini);
    if (!l) cases.hidden = false;
    // Un code postal est souvent le code d’une autre commune : tant que le nom ne le dit pas, on n’écrit rien pour elle.
    const doute = l !== undefined && l !== choisi && lieux.lectures(l.code).some(({ place }) => place !== l);
    const contredit = l !== undefined && !libre(nom) && !lieux.sAppelle(nom.value, l);
    const sure = l !== undefined && !contredit && (!doute || !libre(nom));
    const marque = l ? `${l.type} ${l.code} ${sure} ${contredit} ${cases.hidden}` : "";
    if (marque === dit) return;
    dit = marque;
    if (ecrire) {
      remplit(type, l?.type ?? "");
      remplit(nom, doute ? "" : (l?.nom ?? ""));
    }
    const mairie = l?.type === "commune" ? await outils.mairie(l.code).catch(aDefaut(undefined)) : undefined;
    const voisines = l
      ? (await cops().catch(aDefaut(/** @type {import("../finder/annuaire.js").Cop[]} */ ([])))).filter(
          (c) => c.niveau === l.type && c.code === l.code && c.id !== corrigee,
        )
      : [];
    await calme();
    if (dit !== marque) return;
    if (!corrigee) remplit(page, sure ? (mairie?.site ?? "") : "");
    const site = page.value && page.value === propose.get(page) ? page.value : "";
    zone.replaceChildren(
      ...(l && !contredit
        ? [
            presentation(l, lieux, site),
            ...(cases.hidden ? [bouton("Modifier le type, le code ou le nom", () => va(cases))] : []),
            // Lève le doute d’un code qui est aussi un code postal.
            ...(sure ? [] : [bouton("C’est bien cette commune", () => prend(l))]),
            ...(voisines.length ? [dejaLa(voisines)] : []),
          ]
        : []),
    );
    if (ecrire) change();
  }

  choixLieu(chercheur, prend, document.getElementById("q-lieu-etat") ?? undefined, {
    prepare: async () => {},
    demande: async (question) => {
      const trouves = lieux.cherche(question, /^\s*\d{5}\s*$/.test(question) ? 20 : 8);
      return { lieux: trouves, mots: racontes(question, trouves.length, lieux) };
    },
    nomme: (l) => l.nom,
    detail: (l, question) => decrit(l, question, lieux),
    titre: "Collectivités",
  });
  const etat = document.getElementById("q-lieu-etat");
  // Quitté sans choisir : des mots qui ne désignent qu’un lieu suffisent.
  let tape = false;
  chercheur.addEventListener("input", () => {
    tape = true;
  });
  chercheur.addEventListener("blur", () => {
    if (!tape) return;
    tape = false;
    const lu = lieux.lit(chercheur.value);
    const voulu = lu.answer === "un" ? lieux.collectivite(lu.place.type, lu.place.code) : undefined;
    if (voulu && voulu !== choisi) prend(voulu);
    else if (etat && chercheur.value.trim() && !code.value)
      etat.textContent =
        lu.answer === "plusieurs" && lu.reason === "code-postal"
          ? aChoisir(chercheur.value, lu.found.length)
          : "Choisissez une ligne de la liste, ou remplissez les cases suivantes.";
  });
  for (const c of [type, code, nom]) {
    c.addEventListener("input", () => {
      presente(false);
    });
    c.addEventListener("change", () => {
      presente(true);
    });
  }
  await presente(true, !corrigee);
  return () => presente(true, false);
}
