// Les facettes de l’annuaire : l’index n’est demandé qu’au premier choix ; ensuite tout se fait sur place.
// @ts-check
import { ecris, parametres } from "./address_bar.js";
import { cops, filtre, trie } from "./annuaire.js";
import { findAddressed } from "./lookup.js";
import { notice, resume, serre } from "./notice.js";
import { RACINE, distance, element, enKm } from "../shared/data.js";
import { choose } from "../shared/choices.js";
import { aDefaut } from "../shared/failures.js";
import { loadPlaces } from "../shared/place_index.js";
import { offrePanne, patiente } from "../shared/waiting.js";

const PAR_PAGE = 20;
const nombre = new Intl.NumberFormat("fr");
const fiches = (/** @type {number} */ n) => `${nombre.format(n)} ${n > 1 ? "fiches" : "fiche"}`;
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

/** Ce que la recherche a trouvé pour des mots, et ceux qu’ont ces fiches quand aucune ne les a tous.
 * @typedef {{mots: string, rangs: Map<string, number>, ont: string}} Trouvees */

let montrees = PAR_PAGE;

/** L’ordre que l’on prend sans en choisir un. */
const usuel = () => (parametres().has("pres") ? "proches" : texte.value.trim() ? "mots" : "recentes");

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
const dite = () => [...facettes, "q", "tri", "n", "pres"].some((nom) => parametres().has(nom));

/** Met le formulaire dans l’état que dit l’adresse. */
function lis() {
  const p = parametres();
  for (const boite of cases) boite.checked = p.getAll(boite.name).includes(boite.value);
  for (const liste of listes) choose(liste, p.get(liste.name) ?? "");
  texte.value = p.get("q") ?? "";
  ordonne(p.get("tri") ?? "");
  montrees = Math.max(PAR_PAGE, Number(p.get("n")) || 0);
  for (const pli of formulaire.querySelectorAll("details")) if (pli.querySelector(":checked")) pli.open = true;
}

/** L’ordre usuel d’avant ce choix : celui que montre la page. */
let avant = "recentes";

/** Permet les ordres qui ont un sens, et garde celui-ci s’il en est. @param {string} voulu */
function ordonne(voulu) {
  const permis = { mots: Boolean(texte.value.trim()), proches: parametres().has("pres") };
  for (const [nom, oui] of Object.entries(permis)) {
    const option = tri.querySelector(`[value=${nom}]`);
    option?.toggleAttribute("disabled", !oui);
    option?.toggleAttribute("hidden", !oui);
  }
  tri.value = voulu;
  if (tri.selectedIndex < 0 || tri.selectedOptions[0].disabled) tri.value = usuel();
  avant = usuel();
}

/** @param {boolean} pas */
function retiens(pas) {
  ecris(
    {
      ...choix(),
      q: texte.value.trim(),
      tri: tri.value === usuel() ? "" : tri.value,
      n: montrees > PAR_PAGE ? String(montrees) : "",
    },
    pas,
  );
}

/** Ce que donnerait chaque choix de moins, quand rien ne répond.
 * @param {import("./annuaire.js").Cop[]} toutes @param {Trouvees | null} trouvees */
function vide(toutes, trouvees) {
  const pris = choix();
  /** @param {string} quoi @param {number} n @param {() => void} fais */
  const piste = (quoi, n, fais) => {
    const bouton = element("button", { type: "button", class: "bouton bouton--second" }, `${quoi}\u00a0: ${fiches(n)}`);
    bouton.addEventListener("click", () => {
      fais();
      change(true);
    });
    return n > 0 ? [bouton] : [];
  };
  const pistes = facettes
    .filter((nom) => pris[nom].length)
    .flatMap((nom) =>
      piste(
        `Sans le choix «\u00a0${titres.get(nom)}\u00a0»`,
        filtre(toutes, { ...pris, [nom]: [] }, trouvees?.rangs ?? null).retenues.length,
        () => {
          for (const boite of cases) if (boite.name === nom) boite.checked = false;
          for (const liste of listes) if (liste.name === nom) liste.value = "";
        },
      ),
    );
  const sansMots = trouvees ? filtre(toutes, pris, null).retenues.length : 0;
  pistes.push(...piste("Sans ces mots", sansMots, () => (texte.value = "")));
  const seulsLesMots = trouvees?.rangs.size === 0;
  const ailleurs = element(
    "a",
    { href: `${RACINE}recherche/?${new URLSearchParams({ q: texte.value.trim() })}` },
    "Chercher ces mots dans tout le site",
  );
  return [
    element("p", {}, seulsLesMots ? "Aucune fiche n’a ces mots." : "Aucune fiche ne répond à tous ces choix."),
    element("p", { class: "boutons" }, ...pistes),
    seulsLesMots
      ? element("p", {}, ailleurs)
      : element(
          "p",
          {},
          "Vous en connaissez une\u202f? ",
          element("a", { href: `${RACINE}ajouter/` }, "Ajoutez-la"),
          ".",
        ),
  ];
}

/** @param {import("./annuaire.js").Cop[]} toutes @param {Trouvees | null} trouvees
 * @param {import("../shared/place_index.js").Place | undefined} commune celle que dit l’adresse */
function dessine(toutes, trouvees, commune) {
  const { retenues, comptes } = filtre(toutes, choix(), trouvees?.rangs ?? null);
  const proches = tri.querySelector("[value=proches]");
  if (proches && commune) proches.textContent = `les plus proches de ${commune.nom}`;
  const ici = tri.value === "proches" ? commune?.place : undefined;
  const liste = trie(retenues, tri.value, ici, trouvees?.rangs).slice(0, montrees);
  compte.textContent = `${fiches(retenues.length)}${retenues.length ? (trouvees?.ont ?? "") : ""}`;
  const lignes = liste.map((cop) => notice(cop, ici && cop.place.length ? enKm(distance(ici, cop.place)) : ""));
  const classe = `notices${serre(lignes.length) ? " notices--serrees" : ""}`;
  resultats.replaceChildren(
    ...(lignes.length ? [element("ol", { class: classe }, ...lignes)] : vide(toutes, trouvees)),
  );
  if (!serre(lignes.length)) resume(lignes, liste).catch(aDefaut(undefined));
  const reste = retenues.length - lignes.length;
  suite.hidden = reste <= 0;
  suite.textContent = reste > PAR_PAGE ? `Voir ${PAR_PAGE} fiches de plus` : `Voir les ${reste} dernières`;
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

/** @type {Trouvees | null} les dernières */
let connues = null;
/** La recherche est arrivée : sinon, certains navigateurs ne la redemanderaient qu’à la prochaine page. */
let venue = false;

/** Ce que trouve la recherche. @param {string} mots @returns {Promise<Trouvees | null>} */
async function trouve(mots) {
  if (!mots || connues?.mots === mots) return mots ? connues : null;
  const [{ trouveCops }, { cite }] = await Promise.all([
    import("../search/results.js"),
    import("../search/answers.js"),
  ]);
  venue = true;
  const { cops: trouvees, ont, tous } = await trouveCops(mots);
  connues = {
    mots,
    rangs: new Map(trouvees.map((id, rang) => [id, rang])),
    ont: ont.length ? `, qui ont ${ont.map(cite).join(tous ? " et " : " ou ")}` : "",
  };
  return connues;
}

/** La commune que dit l’adresse. */
async function trouvePres() {
  const code = parametres().get("pres");
  return code ? findAddressed(await loadPlaces(), code) : undefined;
}

let dernier = 0;

/** @returns {Promise<void>} */
async function montre() {
  const rang = ++dernier;
  const mots = texte.value.trim();
  try {
    const tout = Promise.all([cops(), trouve(mots), trouvePres()]);
    const [toutes, trouvees, commune] = await patiente(tout, () => {
      if (rang === dernier) compte.textContent = "L’annuaire arrive…";
    });
    if (rang === dernier) dessine(toutes, trouvees, commune);
  } catch (erreur) {
    if (rang !== dernier) return;
    const encore = () => (venue || !mots ? montre() : location.reload());
    const reseau = "Vérifiez la connexion, ou passez par les territoires, plus bas.";
    const sinon = "Passez par les territoires, plus bas.";
    await offrePanne(compte, encore, erreur, "L’annuaire ne se charge pas", reseau, sinon);
  }
}

/** @param {boolean} pas */
function change(pas) {
  montrees = PAR_PAGE;
  ordonne(tri.value === avant ? "" : tri.value);
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
    ecris({ pres: "" });
    ordonne("");
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
addEventListener("popstate", () => {
  lis();
  montre();
});
if (dite()) {
  lis();
  montre();
} else if (deja) change(true);
