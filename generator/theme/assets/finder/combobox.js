// Choisir un lieu : un champ qui propose, selon le modèle « combobox » d’ARIA (liste, sélection manuelle).
// Rien n’est demandé au réseau avant le premier passage dans le champ.
// @ts-check
import { ancienNom, cherche, communes } from "./communes.js";
import { element } from "../shared/data.js";
import { aDefaut, raconte } from "../shared/failures.js";

/** @typedef {import("./communes.js").Commune} Commune */
/** Ce qui répond à une question : les lieux, le détail d’une ligne, et comment en parler.
 * @template {{nom: string}} L
 * @typedef {{prepare: () => Promise<unknown>, cherche: (question: string, nombre: number) => Promise<L[]>,
 *   detail: (lieu: L, question: string) => string, titre: string, combien: (n: number) => string, aucun: string}} Source */

/** @type {Source<Commune>} */
const COMMUNES = {
  prepare: communes,
  cherche: async (question, nombre) => cherche(await communes(), question, nombre),
  detail: (c, question) => {
    const ancien = ancienNom(c, question);
    return `${c.postaux[0]}, ${c.departementNom}${ancien ? ` ; ${ancien} en fait partie` : ""}`;
  },
  titre: "Communes",
  combien: (n) => (n === 1 ? "1 commune proposée" : `${n} communes proposées`),
  aucun: "Aucune commune de Bretagne ne porte ce nom ni ce code.",
};

/** @param {HTMLInputElement} champ
 * @param {(commune: Commune) => void} choisie
 * @param {HTMLElement} [etat] dit combien de communes répondent, ou ce qui ne va pas */
export const choixCommune = (champ, choisie, etat) => choixLieu(champ, choisie, etat, COMMUNES);

/** @template {{nom: string}} L
 * @param {HTMLInputElement} champ
 * @param {(lieu: L) => void} choisie
 * @param {HTMLElement | undefined} etat
 * @param {Source<L>} source */
export function choixLieu(champ, choisie, etat, source) {
  const liste = element("ul", {
    class: "propositions",
    role: "listbox",
    id: `${champ.id}-propositions`,
    "aria-label": source.titre,
  });
  liste.hidden = true;
  // Le parent du champ porte la liste : déplacer le champ lui ferait perdre le repère du clavier.
  champ.parentElement?.classList.add("propositions__boite");
  champ.after(liste);
  for (const [nom, valeur] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": liste.id,
  }))
    champ.setAttribute(nom, valeur);
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
    champ.value = lieu.nom;
    ferme();
    dit("");
    choisie(lieu);
  }

  /** @param {L} c @param {number} i */
  function ligne(c, i) {
    const detail = source.detail(c, champ.value);
    const li = element(
      "li",
      { role: "option", id: `${liste.id}-${i}`, "aria-selected": "false" },
      element("strong", {}, c.nom),
      " ",
      element("span", { class: "menu" }, detail),
    );
    // Avant que le champ ne perde le repère et que la liste ne se ferme.
    li.addEventListener("pointerdown", (e) => e.preventDefault());
    li.addEventListener("click", () => prend(c));
    return li;
  }

  async function propose() {
    const question = champ.value;
    if (question.trim().length < 2) {
      ferme();
      return dit("");
    }
    try {
      // Un code postal est partagé par quinze communes au plus : elles sont toutes proposées.
      const trouvees = await source.cherche(question, /^\s*\d{5}\s*$/.test(question) ? 20 : 8);
      if (question !== champ.value) return;
      proposees = trouvees;
    } catch (erreur) {
      ferme();
      return dit(
        raconte(
          erreur,
          "La liste des communes ne se charge pas",
          "Vérifiez la connexion, ou passez par la liste des territoires.",
          "Passez par la liste des territoires.",
        ),
      );
    }
    liste.replaceChildren(...proposees.map(ligne));
    liste.hidden = proposees.length === 0;
    champ.setAttribute("aria-expanded", String(proposees.length > 0));
    montre(-1);
    dit(proposees.length === 0 ? source.aucun : source.combien(proposees.length));
  }

  if (document.activeElement === champ) {
    source.prepare().catch(aDefaut(undefined));
    if (champ.value) propose();
  }
  champ.addEventListener(
    "focus",
    () => {
      source.prepare().catch(aDefaut(undefined));
    },
    { once: true },
  );
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

  return {
    /** Prend le lieu le plus sûr pour un texte ou un code. @param {string} texte */
    async resout(texte) {
      const [premiere] = await source.cherche(texte, 1);
      if (premiere) prend(premiere);
      else {
        champ.value = texte;
        dit(source.aucun);
      }
    },
    prend,
  };
}
