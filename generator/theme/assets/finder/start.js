// Au premier geste seulement, charge « Ma commune », les facettes de l’annuaire et les mots des cartes : qui ne cherche pas
// n’en paie rien.
// @ts-check
import { ATTENTE, offrePanne, patiente } from "../shared/waiting.js";

const $ = (/** @type {string} */ id) => document.getElementById(id);
const champ = /** @type {HTMLInputElement | null} */ ($("commune"));
const formulaire = /** @type {HTMLFormElement | null} */ ($("facettes"));
const demandes = new URLSearchParams(location.search);

/** Ce qu’un geste demande. `charge` : le module ; `quoi` : la phrase s’il manque ; `adresse` : celle qui demande la même chose.
 * @template M @typedef {{charge: () => Promise<M>, etat: HTMLElement | null, attente: string, quoi: string, adresse: () => string}} Besoin */

/** @type {Besoin<typeof import("./my_commune.js")>} */
const maCommune = {
  charge: () => import("./my_commune.js"),
  etat: $("commune-etat"),
  attente: ATTENTE,
  quoi: "La liste des communes ne se charge pas",
  adresse: () => `${location.pathname}?${new URLSearchParams({ commune: champ?.value ?? "" })}`,
};
/** @type {Besoin<typeof import("./facets.js")>} */
const annuaire = {
  charge: () => import("./facets.js"),
  etat: $("annuaire-compte"),
  attente: "L’annuaire arrive…",
  quoi: "L’annuaire ne se charge pas",
  adresse: () =>
    `${location.pathname}?${new URLSearchParams(/** @type {any} */ (new FormData(formulaire ?? undefined)))}`,
};
/** @type {Besoin<unknown>} */
const cartes = { charge: () => import("./map.js"), etat: null, attente: "", quoi: "", adresse: () => location.href };

/** Charge ce qu’il faut et s’en sert. Un échec se dit, et se retente : au bouton, et au geste suivant.
 * @template M @param {Besoin<M>} besoin @param {(module: M) => unknown} [suite] @returns {Promise<boolean>} */
async function avec(besoin, suite = () => {}) {
  const { charge, etat, attente, quoi, adresse } = besoin;
  const avant = etat?.textContent ?? "";
  try {
    const module = await patiente(charge(), () => etat && (etat.textContent = attente));
    if (etat?.textContent === attente) etat.textContent = avant;
    await suite(module);
    return true;
  } catch (erreur) {
    // Un module qui n’est pas venu le reste, pour certains navigateurs, jusqu’à la prochaine page.
    const encore = async () => {
      const venue = await fetch(import.meta.url, { cache: "no-store" }).catch(() => undefined);
      if (venue?.ok) location.assign(adresse());
      else await avec(besoin, suite);
    };
    if (etat) await offrePanne(etat, encore, erreur, quoi);
    return false;
  }
}

/** @template M @param {HTMLElement | null} element @param {string[]} gestes @param {Besoin<M>} besoin */
function auPremier(element, gestes, besoin) {
  const reponds = async () => {
    if (await avec(besoin)) for (const geste of gestes) element?.removeEventListener(geste, reponds);
  };
  for (const geste of gestes) element?.addEventListener(geste, reponds);
}

auPremier(champ, ["focus", "input"], maCommune);
auPremier($("annuaire"), ["change", "input"], annuaire);
const cartesDessinees = document.querySelectorAll("[data-carte]");
for (const carte of cartesDessinees) auPremier(/** @type {HTMLElement} */ (carte), ["pointerover", "focusin"], cartes);
// Au doigt, un module qui viendrait avec le premier appui viendrait trop tard : le lien serait déjà suivi.
if (cartesDessinees.length && matchMedia("(any-pointer: coarse)").matches) avec(cartes);

if (champ && demandes.get("commune")) avec(maCommune);
const facettes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-facette]"))];
const choix = [...facettes.map((f) => f.dataset.facette ?? ""), "q", "tri", "n", "pres"];
if (formulaire && choix.some((nom) => demandes.has(nom))) avec(annuaire);

champ?.form?.addEventListener("submit", (e) => {
  e.preventDefault();
  avec(maCommune, ({ submit }) => submit());
});
const situer = $("me-situer");
if (situer && "geolocation" in navigator) {
  situer.hidden = false;
  situer.addEventListener("click", () => avec(maCommune, ({ situate }) => situate()));
}

const suite = $("annuaire-suite");
if (suite) {
  suite.hidden = Number($("annuaire")?.dataset.total) <= 20;
  suite.addEventListener("click", () => avec(annuaire, ({ suivantes }) => suivantes()));
}
// Les facettes s’ouvrent d’elles-mêmes là où il y a la place.
for (const [i, bloc] of [...document.querySelectorAll("#facettes details")].entries()) {
  /** @type {HTMLDetailsElement} */ (bloc).open = i < 3 && innerWidth > 830;
}
