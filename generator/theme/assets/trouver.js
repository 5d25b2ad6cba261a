// Au premier geste seulement, charge « Ma commune », les facettes de l’annuaire et les mots des cartes : qui ne cherche pas n’en paie rien.
// @ts-check

const demandes = new URLSearchParams(location.search);
const $ = (/** @type {string} */ id) => document.getElementById(id);

const maCommune = () => import("./ma-commune.js");
const annuaire = () => import("./annuaire.js");

/** @param {HTMLElement | null} element @param {string[]} gestes @param {() => Promise<unknown>} charge */
function auPremier(element, gestes, charge) {
  for (const geste of gestes)
    element?.addEventListener(
      geste,
      () => {
        charge().catch(() => {});
      },
      { once: true },
    );
}

auPremier($("commune"), ["focus", "input"], maCommune);
auPremier($("annuaire"), ["change", "input"], annuaire);
for (const carte of document.querySelectorAll("[data-carte]")) {
  auPremier(/** @type {HTMLElement} */ (carte), ["pointerover", "focusin", "touchstart"], () => import("./carte.js"));
}
if ($("ma-commune") && demandes.get("commune")) maCommune();
const facettes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-facette]"))];
if (
  $("annuaire") &&
  [...facettes.map((f) => f.dataset.facette ?? ""), "q", "tri", "n"].some((nom) => demandes.has(nom))
)
  annuaire();

const formulaire = $("ma-commune");
formulaire?.addEventListener("submit", (e) => {
  e.preventDefault();
  maCommune().then(({ soumets }) => soumets());
});
const situer = $("me-situer");
if (situer && "geolocation" in navigator) {
  situer.hidden = false;
  // La position ne sort pas du navigateur : elle ne sert qu’à choisir la commune la plus proche.
  situer.addEventListener("click", () => maCommune().then(({ situe }) => situe()));
}

const suite = $("annuaire-suite");
if (suite) {
  suite.hidden = Number($("annuaire")?.dataset.total) <= 20;
  suite.addEventListener("click", () => annuaire().then(({ suivantes }) => suivantes()));
}
// Les facettes s’ouvrent d’elles-mêmes là où il y a la place.
for (const [i, bloc] of [...document.querySelectorAll("#facettes details")].entries()) {
  /** @type {HTMLDetailsElement} */ (bloc).open = i < 3 && innerWidth > 830;
}
