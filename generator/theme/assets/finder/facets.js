// Les facettes de l’annuaire : l’index n’est demandé qu’au premier choix ; ensuite tout se fait sur place.
// @ts-check
import { ecris, parametres } from "./address_bar.js";
import { cops, filtre, trie } from "./annuaire.js";
import { RACINE, distance, element, enKm } from "../shared/data.js";
import { notice } from "./notice.js";
import { raconte } from "../shared/failures.js";

const PAR_PAGE = 20;
const nombre = new Intl.NumberFormat("fr");
const bloc = /** @type {HTMLElement} */ (document.getElementById("annuaire"));
const formulaire = /** @type {HTMLFormElement} */ (document.getElementById("facettes"));
const compte = /** @type {HTMLElement} */ (document.getElementById("annuaire-compte"));
const resultats = /** @type {HTMLElement} */ (document.getElementById("annuaire-resultats"));
const suite = /** @type {HTMLButtonElement} */ (document.getElementById("annuaire-suite"));
const texte = /** @type {HTMLInputElement} */ (document.getElementById("facette-q"));
const tri = /** @type {HTMLSelectElement} */ (document.getElementById("annuaire-tri"));
const cases = /** @type {HTMLInputElement[]} */ ([...formulaire.querySelectorAll("input[type=checkbox]")]);
const listes = /** @type {HTMLSelectElement[]} */ ([...formulaire.querySelectorAll("select")]);
const libelles = new Map(listes.flatMap((liste) => [...liste.options].map((option) => [option, option.text])));
/** Les facettes sont celles que la page montre : chacune porte son nom. */
const titres = new Map(
  [...formulaire.querySelectorAll("[data-facette]")].map((facette) => [
    /** @type {HTMLElement} */ (facette).dataset.facette ?? "",
    facette.querySelector("summary, label")?.textContent ?? "",
  ]),
);
const facettes = [...titres.keys()];

/** @type {import("./communes.js").Commune | null} */
let commune = null;
let montrees = PAR_PAGE;
/** Choisi pendant que ce module arrivait. */
const deja =
  cases.some((boite) => boite.checked) ||
  listes.some((liste) => liste.value) ||
  texte.value ||
  tri.value !== "recentes";

/** Les choix tels que le formulaire les montre. */
function choix() {
  /** @type {Record<string, string[]>} */
  const pris = Object.fromEntries(facettes.map((nom) => [nom, []]));
  for (const boite of cases) if (boite.checked) pris[boite.name].push(boite.value);
  for (const liste of listes) if (liste.value) pris[liste.name] = [liste.value];
  return pris;
}

/** Si l’adresse dit des choix. */
const dite = () => [...facettes, "q", "tri", "n"].some((nom) => parametres().has(nom));

/** Met le formulaire dans l’état que dit l’adresse. */
function lis() {
  const p = parametres();
  for (const boite of cases) boite.checked = p.getAll(boite.name).includes(boite.value);
  for (const liste of listes) {
    liste.value = p.get(liste.name) ?? "";
    if (liste.selectedIndex < 0) liste.value = "";
  }
  texte.value = p.get("q") ?? "";
  tri.value = p.get("tri") ?? "recentes";
  if (tri.selectedIndex < 0 || (tri.value === "proches" && !commune))
    tri.value = commune && p.get("tri") === "proches" ? "proches" : "recentes";
  montrees = Math.max(PAR_PAGE, Number(p.get("n")) || 0);
  for (const pli of formulaire.querySelectorAll("details")) if (pli.querySelector(":checked")) pli.open = true;
}

/** @param {boolean} pas */
function retiens(pas) {
  ecris(
    {
      ...choix(),
      q: texte.value.trim(),
      tri: tri.value === "recentes" ? "" : tri.value,
      n: montrees > PAR_PAGE ? String(montrees) : "",
    },
    pas,
  );
}

/** Ce que chaque choix donnerait de plus, quand rien ne répond. @param {import("./annuaire.js").Cop[]} toutes */
function vide(toutes) {
  const pris = choix();
  const pistes = facettes
    .filter((nom) => pris[nom].length)
    .map((nom) => {
      const sans = filtre(toutes, { ...pris, [nom]: [] }, texte.value).retenues.length;
      const bouton = element(
        "button",
        { type: "button", class: "bouton bouton--second" },
        `Sans le choix « ${titres.get(nom)} » : ${sans} COP`,
      );
      bouton.addEventListener("click", () => {
        for (const boite of cases) if (boite.name === nom) boite.checked = false;
        for (const liste of listes) if (liste.name === nom) liste.value = "";
        change(true);
      });
      return { sans, bouton };
    })
    .filter(({ sans }) => sans > 0);
  return [
    element("p", {}, "Aucune COP ne répond à tous ces choix."),
    element("p", { class: "boutons" }, ...pistes.map(({ bouton }) => bouton)),
    element("p", {}, "Vous en connaissez une ? ", element("a", { href: `${RACINE}ajouter/` }, "Ajoutez-la"), "."),
  ];
}

/** @param {import("./annuaire.js").Cop[]} toutes */
function dessine(toutes) {
  const { retenues, comptes } = filtre(toutes, choix(), texte.value);
  const ici = tri.value === "proches" ? commune?.place : undefined;
  const liste = trie(retenues, tri.value, ici);
  compte.textContent = `${nombre.format(retenues.length)} ${retenues.length > 1 ? "fiches" : "fiche"}`;
  const lignes = liste
    .slice(0, montrees)
    .map((cop) => notice(cop, ici && cop.place.length ? enKm(distance(ici, cop.place)) : ""));
  resultats.replaceChildren(...(lignes.length ? [element("ol", { class: "notices" }, ...lignes)] : vide(toutes)));
  const reste = retenues.length - lignes.length;
  suite.hidden = reste <= 0;
  suite.textContent = reste > PAR_PAGE ? `Voir ${PAR_PAGE} COP de plus` : `Voir les ${reste} dernières`;
  for (const boite of cases) {
    const n = comptes[boite.name].get(boite.value) ?? 0;
    const compteur = boite.parentElement?.querySelector(".nombre");
    if (compteur) compteur.textContent = nombre.format(n);
    boite.parentElement?.classList.toggle("choix--vide", n === 0 && !boite.checked);
  }
  for (const liste of listes) {
    for (const option of liste.options) {
      if (option.value) option.text = `${libelles.get(option)} (${comptes[liste.name].get(option.value) ?? 0})`;
    }
  }
}

/** @returns {Promise<void>} */
async function montre() {
  try {
    dessine(await cops());
  } catch (erreur) {
    compte.textContent = raconte(
      erreur,
      "L’annuaire ne se charge pas",
      "Vérifiez la connexion, ou passez par les territoires, plus bas.",
      "Passez par les territoires, plus bas.",
    );
  }
}

/** @param {boolean} pas */
function change(pas) {
  montrees = PAR_PAGE;
  retiens(pas);
  montre();
}

// Le tri est hors du formulaire, mais dans le bloc.
bloc.addEventListener("change", (e) => {
  if (e.target !== texte) change(true);
});
formulaire.addEventListener("submit", (e) => {
  e.preventDefault();
  change(true);
});
formulaire.addEventListener("reset", () =>
  setTimeout(() => {
    tri.value = "recentes";
    change(true);
    compte.focus();
  }),
);
let attente = 0;
texte.addEventListener("input", () => {
  clearTimeout(attente);
  attente = setTimeout(() => change(false), 120);
});
/** Vingt de plus ; le repère du clavier va à la première. */
export async function suivantes() {
  const avant = montrees;
  montrees += PAR_PAGE;
  retiens(true);
  await montre();
  const premiere = /** @type {HTMLElement | undefined} */ (resultats.querySelectorAll("h3 a")[avant]);
  premiere?.focus();
}
document.addEventListener("commune", (e) => {
  commune = /** @type {CustomEvent} */ (e).detail;
  const proches = tri.querySelector("[value=proches]");
  if (proches) proches.textContent = commune ? `les plus proches de ${commune.nom}` : "les plus proches de ma commune";
  proches?.toggleAttribute("disabled", !commune);
  if (commune ? parametres().get("tri") === "proches" : tri.value === "proches") {
    lis();
    montre();
  }
});
addEventListener("popstate", () => {
  lis();
  montre();
});
if (dite()) {
  lis();
  montre();
} else if (deja) change(true);
