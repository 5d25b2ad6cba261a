// Les lignes à l’écran : ce qui a été récrit, ce qui est à revoir, et par où chacune peut partir.
// @ts-check
import { element } from "../shared/data.js";
import { typo } from "../shared/waiting.js";
import { champDe, cleDe, nomDe } from "./fields.js";
import { message } from "./saying.js";
import { libelle, noeud } from "../entries/schema.js";

/** @typedef {import("./rows.js").Ligne} Ligne */
/** @typedef {{schema: import("../entries/schema.js").Noeud, colonnes: import("./headings.js").Colonne[], cles: Set<string>,
 *   sorties: [string, string][], meme: (ligne: Ligne) => number}} Vue `sorties` : chaque geste, et son nom ; `meme` : combien
 *   d’autres lignes attendent ce qui vient d’être écrit dans celle-ci */

/** @param {Ligne} ligne @returns {boolean} */
export const estPrete = ({ problemes }) => problemes.every(({ gravite }) => gravite !== "erreur");

/** Met une ligne à la place qu’elle avait, sans perdre le clavier. @param {HTMLElement} liste @param {Ligne} ligne @param {Vue} vue */
export function montre(liste, ligne, vue) {
  const id = `ligne-${ligne.numero}`;
  const avant = document.getElementById(id);
  const actif = avant?.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  // Ce que la personne est en train de taper reste : la ligne se remontrera ensuite.
  const tape = actif instanceof HTMLInputElement || actif instanceof HTMLTextAreaElement ? actif : null;
  if (tape && tape.value.trim() !== (ligne.reponses.get(tape.dataset.cle ?? "") ?? "")) return;
  const apres = dessine(id, ligne, vue);
  if (avant && avant.outerHTML === apres.outerHTML) return;
  apres.append(...(avant?.querySelectorAll("#envoi-suite, #envoi-texte") ?? []));
  if (avant) avant.replaceWith(apres);
  else liste.append(apres);
  if (!actif) return;
  const meme = actif.id ? /** @type {HTMLInputElement | null} */ (document.getElementById(actif.id)) : null;
  /** @type {HTMLElement | null} */ (meme ?? apres.querySelector(".saisie") ?? apres.querySelector("h3"))?.focus();
}

/** @param {string} id @param {Ligne} ligne @param {Vue} vue */
function dessine(id, ligne, vue) {
  const lieu = ligne.donnees.collectivite?.nom ?? ligne.reponses.get("collectivite.nom") ?? "";
  const nom = [ligne.donnees.nom, lieu].filter(Boolean).join(", ") || "sans nom";
  const erreurs = ligne.problemes.filter(({ gravite }) => gravite === "erreur").length;
  const etat = erreurs === 0 ? "prête" : erreurs === 1 ? "1 réponse à revoir" : `${erreurs} réponses à revoir`;
  const li = element("li", { id, class: "coller__ligne", "data-numero": String(ligne.numero) });
  li.append(
    element("h3", { id: `${id}-nom`, tabindex: "-1" }, typo(`Ligne ${ligne.numero} : `), nom),
    element("p", { class: erreurs ? "coller__etat coller__etat--revoir" : "coller__etat" }, etat),
  );
  if (ligne.reparees.length)
    li.append(
      element(
        "ul",
        { class: "coller__recrites" },
        ...ligne.reparees.map(([cle, avant, juste]) =>
          element("li", {}, typo(`${nomDe(cle, vue.schema, vue.colonnes)} : « ${avant} » est écrit « ${juste} »`)),
        ),
      ),
    );
  const autres = vue.meme(ligne);
  if (ligne.corrigee && autres) {
    const { cle, apres } = ligne.corrigee;
    const valeur = libelle(noeud(vue.schema, cle), apres);
    const mots = `Écrire aussi « ${valeur} » (${nomDe(cle, vue.schema, [])}) dans ${autres > 1 ? `les ${autres} autres lignes` : "l’autre ligne"} à revoir de même`;
    li.append(element("p", {}, element("button", { class: "lien", type: "button", "data-geste": "meme" }, typo(mots))));
  }
  li.append(...questions(id, ligne, vue));
  if (erreurs === 0)
    li.append(
      element(
        "p",
        { class: "boutons" },
        ...vue.sorties.map(([geste, mots], rang) =>
          element(
            "button",
            {
              class: rang ? "bouton bouton--second" : "bouton",
              type: "button",
              "data-geste": geste,
              "aria-describedby": `${id}-nom`,
            },
            mots,
          ),
        ),
      ),
    );
  return li;
}

/** Une question par cellule fautive, avec tout ce qui s’en dit. @param {string} id @param {Ligne} ligne @param {Vue} vue */
function questions(id, ligne, vue) {
  /** @type {Map<string, import("../entries/sentences.js").Probleme[]>} */
  const parCle = new Map();
  for (const p of ligne.problemes) {
    const cle = p.ou && cleDe(p.ou, ligne, vue.schema, vue.cles);
    parCle.set(cle, [...(parCle.get(cle) ?? []), p]);
  }
  return [...parCle].map(([cle, problemes]) => {
    const dits = problemes.map((p) => message(p, cle, vue.schema));
    if (!cle) return element("div", { class: "question" }, ...dits);
    const nom = `${id}-${cle.replaceAll(".", "-")}`;
    const champ = champDe(nom, cle, ligne.reponses.get(cle) ?? "", vue.schema);
    if (problemes.some(({ gravite }) => gravite === "erreur")) champ.setAttribute("aria-invalid", "true");
    return element(
      "div",
      { class: "question" },
      element("label", { for: nom }, nomDe(cle, vue.schema, vue.colonnes)),
      element("div", {}, champ),
      element("div", { class: "question__dit", id: `${nom}-dit` }, ...dits),
    );
  });
}
