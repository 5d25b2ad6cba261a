// Choisir un lieu : un champ qui propose, selon le modèle « combobox » d’ARIA (liste, sélection manuelle).
// Rien n’est demandé au réseau avant le premier passage dans le champ.
// @ts-check
import { element } from "../shared/data.js";
import { aDefaut, raconte } from "../shared/failures.js";
import { ATTENTE, offreEncore, patiente } from "../shared/waiting.js";
import { keepInside } from "./inside.js";

/** Ce qui répond à une question : les lieux et la phrase qui en parle ; le nom et le détail d’une ligne.
 * @template {{nom: string}} L
 * @typedef {{prepare: () => Promise<unknown>, demande: (question: string) => Promise<{lieux: L[], mots: string}>,
 *   nomme: (lieu: L) => string, detail: (lieu: L, question: string) => string, titre: string}} Source */

/** @template {{nom: string}} L
 * @param {HTMLInputElement} champ
 * @param {(lieu: L) => void} choisie
 * @param {HTMLElement | undefined} etat dit combien de lieux répondent, ou ce qui ne va pas
 * @param {Source<L>} source */
export function choixLieu(champ, choisie, etat, source) {
  const liste = element("ul", {
    class: "propositions",
    role: "listbox",
    id: `${champ.id}-propositions`,
    "aria-label": source.titre,
  });
  liste.hidden = true;
  // Le parent du champ porte la liste, après ce que l’on en dit : déplacer le champ lui ferait perdre le repère du clavier.
  const boite = /** @type {HTMLElement} */ (champ.parentElement);
  boite.classList.add("propositions__boite");
  boite.append(liste);
  for (const [nom, valeur] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": liste.id,
  }))
    champ.setAttribute(nom, valeur);
  const place = keepInside(boite, liste);
  /** @type {L[]} */
  let proposees = [];
  let active = -1;

  /** @param {string} mots */
  const dit = (mots) => {
    if (etat) etat.textContent = mots;
  };

  function ferme() {
    liste.hidden = true;
    active = -1;
    champ.setAttribute("aria-expanded", "false");
    champ.removeAttribute("aria-activedescendant");
  }

  /** @param {number} rang */
  function montre(rang) {
    active = rang;
    for (const [i, ligne] of [...liste.children].entries()) ligne.setAttribute("aria-selected", String(i === rang));
    const ligne = liste.children[rang];
    if (!ligne) return champ.removeAttribute("aria-activedescendant");
    champ.setAttribute("aria-activedescendant", ligne.id);
    ligne.scrollIntoView({ block: "nearest" });
  }

  /** @param {L} lieu */
  function prend(lieu) {
    champ.value = source.nomme(lieu);
    ferme();
    dit("");
    choisie(lieu);
  }

  /** @param {L} lieu @param {number} i @param {string} detail */
  function ligne(lieu, i, detail) {
    const li = element(
      "li",
      { role: "option", id: `${liste.id}-${i}`, "aria-selected": "false" },
      element("strong", {}, source.nomme(lieu)),
      " ",
      element("span", { class: "menu" }, detail),
    );
    // Avant que le champ ne perde le repère et que la liste ne se ferme.
    li.addEventListener("pointerdown", (e) => e.preventDefault());
    li.addEventListener("click", () => prend(lieu));
    return li;
  }

  /** Ouvre la liste, rien n’y est choisi. @param {L[]} lieux @param {string} mots
   * @param {(lieu: L) => string} [detail] */
  function ouvre(lieux, mots, detail = (lieu) => source.detail(lieu, champ.value)) {
    proposees = lieux;
    liste.replaceChildren(...lieux.map((lieu, i) => ligne(lieu, i, detail(lieu))));
    liste.hidden = lieux.length === 0;
    champ.setAttribute("aria-expanded", String(lieux.length > 0));
    montre(-1);
    dit(mots);
    place();
    liste.scrollTop = 0;
  }

  async function propose() {
    const question = champ.value;
    const vaut = () => question === champ.value;
    if (question.trim().length < 2) {
      ferme();
      return dit("");
    }
    try {
      const { lieux, mots } = await patiente(source.demande(question), () => vaut() && dit(ATTENTE));
      if (vaut()) ouvre(lieux, mots);
    } catch (erreur) {
      if (!vaut()) return;
      ferme();
      const mots = raconte(erreur, "La liste des communes ne se charge pas", "Vérifiez la connexion.");
      if (etat) offreEncore(etat, mots, propose);
    }
  }

  const prepare = () => {
    source.prepare().catch(aDefaut(undefined));
  };
  if (document.activeElement === champ) {
    prepare();
    if (champ.value) propose();
  }
  champ.addEventListener("focus", prepare);
  champ.addEventListener("input", propose);
  champ.addEventListener("blur", () => {
    if (!liste.hidden) dit("");
    ferme();
  });
  champ.addEventListener("keydown", (e) => {
    const ouverte = !liste.hidden;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (!ouverte) {
        propose();
        return;
      }
      const pas = e.key === "ArrowDown" ? 1 : -1;
      const n = proposees.length;
      montre(active < 0 ? (pas > 0 ? 0 : n - 1) : (active + pas + n) % n);
    } else if (e.key === "Enter" && ouverte && active >= 0) {
      e.preventDefault();
      prend(proposees[active]);
    } else if (e.key === "Escape" && (ouverte || champ.value)) {
      e.preventDefault();
      if (!ouverte) champ.value = "";
      ferme();
      dit("");
    }
  });

  return { dit, ferme, ouvre, prend };
}
